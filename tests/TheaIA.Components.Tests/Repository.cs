using System.Runtime.CompilerServices;

namespace TheaIA.Components.Tests;

/// <summary>The checkout that these tests were compiled in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory) ?? Find(Here())!;

    public static string Read(string relative) => File.ReadAllText(Path.Combine(Root, relative));

    private static string? Find(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "TheaIA.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }
        return folder;
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
