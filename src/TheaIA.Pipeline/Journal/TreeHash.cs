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
        if (!IsInRepository(root) || List(root, cancel) is not { } files)
        {
            return null;
        }

        var outputs = targets
            .Where(t => t.Definition.Outputs.Length > 0)
            .Select(t => Glob.Parse([.. t.Definition.Outputs.SelectMany(WithAllBelow)]))
            .ToList();
        var hash = new XxHash128();
        foreach (var file in files)
        {
            if (
                !file.StartsWith(Own, StringComparison.Ordinal)
                && !outputs.Exists(o => o.IsMatch(file))
            )
            {
                cancel.ThrowIfCancellationRequested();
                hash.Append(Encoding.UTF8.GetBytes($"{file}\0{hashes.Of(file) ?? "gone"}\n"));
            }
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
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

    /// <summary>Null: there is no git, or it says no.</summary>
    [SuppressMessage(
        "ApiDesign",
        "RS0030",
        Justification = "Every run asks, and the runner would take it longer than git does. Nobody sees the output."
    )]
    private static SortedSet<string>? List(string root, CancellationToken cancel)
    {
        using var git = new Process
        {
            StartInfo = new(
                "git",
                ["--no-optional-locks", "ls-files", "-co", "--exclude-standard", "-z"]
            )
            {
                WorkingDirectory = root,
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
        return git.ExitCode == 0
            // a file of which two sides of a merge are open is listed twice
            ? new(files.Split('\0', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal)
            : null;
    }

    /// <summary>A folder's name alone means all that is below it.</summary>
    private static string[] WithAllBelow(string glob) => [glob, $"{glob.TrimEnd('/')}/**"];
}
