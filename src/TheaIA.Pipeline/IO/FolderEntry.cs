using System.IO.Enumeration;

namespace TheaIA.Pipeline;

/// <summary>A file or folder in a folder.</summary>
/// <param name="Name">Its name alone.</param>
/// <param name="IsDirectory">It is a folder, or a link to one.</param>
/// <param name="IsLink">It is a link to a folder. Of links to files this says nothing.</param>
internal readonly record struct FolderEntry(string Name, bool IsDirectory, bool IsLink)
{
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        RecurseSubdirectories = false,
    };

    /// <summary>What is in a folder; in none, nothing.</summary>
    public static IReadOnlyList<FolderEntry> In(string folder)
    {
        try
        {
            return
            [
                .. new FileSystemEnumerable<FolderEntry>(
                    folder,
                    static (ref FileSystemEntry entry) =>
                        new(
                            entry.FileName.ToString(),
                            entry.IsDirectory,
                            entry.IsDirectory
                                && entry.Attributes.HasFlag(FileAttributes.ReparsePoint)
                        ),
                    Everything
                ),
            ];
        }
        catch (DirectoryNotFoundException)
        {
            // no such folder, or gone since its parent was read: nothing is in it
            return [];
        }
    }
}
