using System.Security.Cryptography;

namespace TheaIA.Pipeline;

/// <summary>The files that globs name, with the SHA-256 of their content, by path relative to the root.</summary>
internal static class FileSet
{
    private static readonly char[] Wild = ['*', '?', '{', '!'];

    public static SortedDictionary<string, string> Hash(
        AbsolutePath root,
        IReadOnlyList<string> globs
    )
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (globs.Count == 0)
        {
            return files;
        }

        // neither git's files nor our own are ever what a target reads or makes
        string[] patterns = [.. globs.Select(g => Whole(root, g)), "!.git/**", "!.nuke/temp/**"];
        foreach (var file in Glob.Parse(patterns).Find(root, directories: false))
        {
            using var content = File.OpenRead(file.ToString());
            files.Add(
                Path.GetRelativePath(root.ToString(), file.ToString()).Replace('\\', '/'),
                Convert.ToHexStringLower(SHA256.HashData(content))
            );
        }

        return files;
    }

    /// <summary>Globs without a wildcard that name nothing: <c>out.txt</c>.</summary>
    public static string? Missing(AbsolutePath root, IEnumerable<string> globs) =>
        globs.FirstOrDefault(g => IsLiteral(g) && !Path.Exists((root / g).ToString()));

    /// <summary>A folder's name alone means all that is below it.</summary>
    private static string Whole(AbsolutePath root, string glob) =>
        IsLiteral(glob) && Directory.Exists((root / glob).ToString())
            ? glob.TrimEnd('/') + "/**"
            : glob;

    private static bool IsLiteral(string glob) => glob.AsSpan().IndexOfAny(Wild) < 0;
}
