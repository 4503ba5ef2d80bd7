using System.Security.Cryptography;
using System.Text;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>
/// All that a target without inputs may read: every file that git does not ignore, less what targets
/// declare to make.
/// </summary>
internal static class TreeHash
{
    private const string Own = ".nuke/temp/";

    /// <summary>A hash of paths and contents. Null: no git, or no repository, can say which files count.</summary>
    /// <param name="scope">The run.</param>
    /// <param name="hashes">Knows the files that did not change.</param>
    /// <param name="targets">All of the program: what they declare to make does not count.</param>
    /// <param name="cancel">Ends with the run.</param>
    public static async Task<string?> OfAsync(
        RunScope scope,
        FileHashes hashes,
        IEnumerable<ExecutableTarget> targets,
        CancellationToken cancel
    )
    {
        var root = scope.Root.ToString();
        if (!IsInRepository(root) || await ListAsync(scope, cancel) is not { } files)
        {
            return null;
        }

        var outputs = targets
            .Where(t => t.Definition.Outputs.Count > 0)
            .Select(t => Glob.Parse([.. t.Definition.Outputs.SelectMany(WithAllBelow)]))
            .ToList();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            if (
                !file.StartsWith(Own, StringComparison.Ordinal)
                && !outputs.Exists(o => o.IsMatch(file))
            )
            {
                cancel.ThrowIfCancellationRequested();
                hash.AppendData(Encoding.UTF8.GetBytes($"{file}\0{hashes.Of(file) ?? "gone"}\n"));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Looked for by hand: where there is none, no git is started to say so.</summary>
    private static bool IsInRepository(string root)
    {
        for (var folder = root; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Exists(Path.Combine(folder, ".git")))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<SortedSet<string>?> ListAsync(
        RunScope scope,
        CancellationToken cancel
    )
    {
        try
        {
            var listed = await scope.Runner.RunAsync(
                new Command("git", "ls-files", "-co", "--exclude-standard", "-z"),
                cancel: cancel
            );
            return listed.ExitCode == 0
                // a file of which two sides of a merge are open is listed twice
                ? new(
                    listed.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries),
                    StringComparer.Ordinal
                )
                : null;
        }
        catch (OutcomeException)
        {
            // there is no git
            return null;
        }
    }

    /// <summary>A folder's name alone means all that is below it.</summary>
    private static string[] WithAllBelow(string glob) => [glob, $"{glob.TrimEnd('/')}/**"];
}
