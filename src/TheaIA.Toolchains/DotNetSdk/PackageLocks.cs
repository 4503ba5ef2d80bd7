using System.Text.Json;
using TheaIA.Abstractions;

namespace TheaIA.Toolchains;

/// <summary>What the lock files say is restored.</summary>
public static class PackageLocks
{
    /// <summary>Reads every packages.lock.json below a folder.</summary>
    /// <param name="root">The checkout; artifacts and folders that start with a dot are left out.</param>
    /// <param name="locked">The restore was held to them.</param>
    /// <returns><c>41 packages, locked</c>: each package and version once.</returns>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: a lock file is not JSON.</exception>
    public static string Figure(string root, bool locked)
    {
        var packages = Files(new DirectoryInfo(root))
            .SelectMany(Packages)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Count();
        return Figures.Count(packages, "package") + (locked ? ", locked" : "");
    }

    private static IEnumerable<string> Files(DirectoryInfo directory) =>
        directory
            .EnumerateFiles("packages.lock.json")
            .Select(f => f.FullName)
            .Concat(
                directory
                    .EnumerateDirectories()
                    .Where(d =>
                        d.Name[0] != '.'
                        && d.LinkTarget is null
                        && d.Name is not ("artifacts" or "bin" or "obj" or "node_modules")
                    )
                    .SelectMany(Files)
            );

    private static IEnumerable<string> Packages(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            return
            [
                .. from framework in document
                    .RootElement.GetProperty("dependencies")
                    .EnumerateObject()
                from package in framework.Value.EnumerateObject()
                where package.Value.TryGetProperty("resolved", out _) // projects have none
                select $"{package.Name}/{package.Value.GetProperty("resolved").GetString()}",
            ];
        }
        catch (Exception broken)
            when (broken is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"{file} is not a lock file: delete it, then run ./build.sh Restore.",
                broken
            );
        }
    }
}
