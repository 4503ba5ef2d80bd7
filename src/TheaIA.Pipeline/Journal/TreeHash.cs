using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.IO.Pipes;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace TheaIA.Pipeline;

/// <summary>
/// All that a target without inputs may read: every file that git does not ignore, less what targets
/// declare to make.
/// </summary>
internal static class TreeHash
{
    private const string Own = ".nuke/temp/";
    private const char NoCharacter = '\uFFFD';

    /// <summary>A hash of paths and contents. Null: no git, or no repository, can say which files count.</summary>
    /// <param name="root">The checkout's folder.</param>
    /// <param name="hashes">Knows the files that did not change.</param>
    /// <param name="targets">All of the program: what they declare to make does not count.</param>
    /// <param name="cancel">Ends with the run.</param>
    public static string? Of(
        string root,
        FileHashes hashes,
        IEnumerable<ExecutableTarget> targets,
        CancellationToken cancel
    )
    {
        if (Repository(root) is not { } top || List(top, cancel) is not { } files)
        {
            return null;
        }

        var outputs = targets
            .Where(t => t.Definition.Outputs.Length > 0)
            .Select(t => Glob.Parse([.. t.Definition.Outputs.SelectMany(WithAllBelow)]))
            .ToList();
        // where the checkout is a folder of a larger repository, targets may read the rest of that too
        var (down, up) = Between(top, root);
        var hash = new XxHash128();
        foreach (var listed in files)
        {
            var file = listed.StartsWith(down, StringComparison.Ordinal)
                ? listed[down.Length..]
                : up + listed;
            if (
                !file.StartsWith(Own, StringComparison.Ordinal)
                && !outputs.Exists(o => o.IsMatch(file))
            )
            {
                cancel.ThrowIfCancellationRequested();
                hash.Append(Encoding.UTF8.GetBytes($"{file}\0{Print(root, file, hashes)}\n"));
            }
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>
    /// What nobody can look into here counts as changed each time: a name that is not UTF-8, and the files of
    /// a repository within it that git does not list.
    /// </summary>
    private static string Print(string root, string file, FileHashes hashes) =>
        new DirectoryInfo(Path.Join(root, file.TrimEnd('/')))
            is { Exists: true, LinkTarget: null } folder
        && folder.EnumerateFileSystemInfos().Any()
            ? Guid.NewGuid().ToString()
            : hashes.Of(file)
                ?? (
                    file.Contains(NoCharacter, StringComparison.Ordinal)
                        ? Guid.NewGuid().ToString()
                        : "gone"
                );

    /// <summary>The way from the repository down to the root, and from there up again.</summary>
    private static (string Down, string Up) Between(string top, string root)
    {
        var folders = Path.GetRelativePath(top, root)
            .Split(Path.DirectorySeparatorChar)
            .Where(folder => folder != ".")
            .ToList();
        return (
            string.Concat(folders.Select(folder => folder + "/")),
            string.Concat(folders.Select(_ => "../"))
        );
    }

    /// <summary>Looked for by hand: where there is none, no git is started to say so.</summary>
    private static string? Repository(string root)
    {
        for (var folder = root; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (IsRepository(folder))
            {
                return folder;
            }
        }

        return null;
    }

    /// <summary>A repository of its own: no link to one, and no folder that only is called as git's is.</summary>
    private static bool IsWithin(string folder) =>
        new DirectoryInfo(folder.TrimEnd('/')) is { Exists: true, LinkTarget: null }
        && (
            File.Exists(Path.Combine(folder, ".git"))
            || File.Exists(Path.Combine(folder, ".git", "HEAD"))
        );

    private static bool IsRepository(string folder) => Path.Exists(Path.Combine(folder, ".git"));

    /// <summary>The files of a repository and of those within it, by path from its folder. Null: git says no.</summary>
    private static SortedSet<string>? List(string folder, CancellationToken cancel)
    {
        if (Ask(folder, cancel) is not { } listed)
        {
            return null;
        }

        // a file of which two sides of a merge are open is listed twice
        var files = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var path in listed)
        {
            // a submodule, or a clone that lies there: git lists its folder
            var within = Path.Combine(folder, path);
            if (IsWithin(within) && List(within, cancel) is { } inner && !inner.Contains("./"))
            {
                files.UnionWith(inner.Select(file => $"{path.TrimEnd('/')}/{file}"));
            }
            else
            {
                files.Add(path);
            }
        }

        return files;
    }

    /// <summary>Null: there is no git, or it says no.</summary>
    [SuppressMessage(
        "ApiDesign",
        "RS0030",
        Justification = "Every run asks, and the runner would take it longer than git does. Nobody sees the output."
    )]
    private static string[]? Ask(string folder, CancellationToken cancel)
    {
        using var git = new Process
        {
            StartInfo = new(
                "git",
                ["--no-optional-locks", "ls-files", "-co", "--exclude-standard", "-z"]
            )
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        try
        {
            git.Start();
        }
        catch (Win32Exception)
        {
            // there is no git
            return null;
        }

        using var told = cancel.Register(git.Kill);
        git.StandardInput.Close();
        // Read by itself: the framework's pipe is a socket, which starts a thread and compiles code.
        using var pipe = new SafeFileHandle(
            ((PipeStream)git.StandardOutput.BaseStream).SafePipeHandle.DangerousGetHandle(),
            ownsHandle: false
        );
        using var output = new StreamReader(new FileStream(pipe, FileAccess.Read, bufferSize: 0));
        // its few words of error fit into the pipe
        var files = output.ReadToEnd();
        git.WaitForExit();
        cancel.ThrowIfCancellationRequested();
        return git.ExitCode == 0 ? files.Split('\0', StringSplitOptions.RemoveEmptyEntries) : null;
    }

    /// <summary>A folder's name alone means all that is below it.</summary>
    private static string[] WithAllBelow(string glob) => [glob, $"{glob.TrimEnd('/')}/**"];
}
