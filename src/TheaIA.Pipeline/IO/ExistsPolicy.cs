using System.Diagnostics.CodeAnalysis;

namespace TheaIA.Pipeline;

/// <summary>What Copy and Move do about what is already there: one choice for folders, one for files.</summary>
[Flags]
[SuppressMessage(
    "Design",
    "CA1008:Enums should have zero value",
    Justification = "NUKE's values; no choice at all is an error, so it has no name"
)]
public enum ExistsPolicy
{
    /// <summary>A folder that is there already is an error.</summary>
    DirectoryFail = 1,

    /// <summary>What a folder holds is put beside what the existing one holds.</summary>
    DirectoryMerge = 2,

    /// <summary>A file that is there already is an error.</summary>
    FileFail = 4,

    /// <summary>A file that is there already stays.</summary>
    FileSkip = 8,

    /// <summary>A file that is there already is replaced.</summary>
    FileOverwrite = 16,

    /// <summary>A file that is there already is replaced when it is older.</summary>
    FileOverwriteIfNewer = 32,

    /// <summary>Whatever is there already is an error. The default.</summary>
    Fail = DirectoryFail | FileFail,

    /// <summary>Merges folders; files that are there stay.</summary>
    MergeAndSkip = DirectoryMerge | FileSkip,

    /// <summary>Merges folders; files that are there are replaced.</summary>
    MergeAndOverwrite = DirectoryMerge | FileOverwrite,

    /// <summary>Merges folders; files that are there and older are replaced.</summary>
    MergeAndOverwriteIfNewer = DirectoryMerge | FileOverwriteIfNewer,
}
