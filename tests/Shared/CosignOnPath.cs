using System.Collections.Concurrent;
using System.Diagnostics;

namespace TheaIA.Tests;

/// <summary>
/// cosign of a wanted major under its own name. Debian's says `GitVersion: devel`, so a major is told
/// by what it offers: `cosign signing-config` came with 3.
/// </summary>
internal static class CosignOnPath
{
    private static readonly ConcurrentDictionary<int, Lazy<string?>> Folders = new();

    /// <summary>The name by which eng/components.sh installs that major.</summary>
    public static string Component(int major) => major == 2 ? "cosign" : "cosign3";

    /// <summary>A folder in which `cosign` is that major, for as long as this process lives; or null.</summary>
    public static string? Of(int major) =>
        Folders.GetOrAdd(major, m => new Lazy<string?>(() => Make(m))).Value;

    private static string? Make(int major)
    {
        var found = new[] { Component(major), "cosign" }
            .Select(Real.Find)
            .OfType<string>()
            .FirstOrDefault(p => MajorOf(p) == major);
        if (found is null)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory($"theaia-cosign{major}-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        File.CreateSymbolicLink(Path.Combine(folder, "cosign"), found);
        return folder;
    }

    private static int MajorOf(string program)
    {
        using var asked = Process.Start(
            new ProcessStartInfo(program, ["signing-config", "--help"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        // both are read to their ends at once: a full pipe would hold it
        var error = asked.StandardError.ReadToEndAsync();
        asked.StandardOutput.ReadToEnd();
        error.GetAwaiter().GetResult();
        asked.WaitForExit();
        return asked.ExitCode == 0 ? 3 : 2;
    }
}
