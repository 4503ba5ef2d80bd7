using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

// bash, sessions and signals
[assembly: SupportedOSPlatform("linux")]

namespace TheaIA.Build.Tests.Given;

/// <summary>A folder for one test, and where this repository and the SDK are.</summary>
public sealed class Scratch : IDisposable
{
    public static readonly string RepositoryRoot = typeof(Scratch)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot")
        .Value!;

    public static readonly string RealDotnet = Path.GetFullPath(
        Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet")
    );

    public Scratch() => Directory.CreateDirectory(Folder);

    public string Folder { get; } =
        Path.Combine(Path.GetTempPath(), "theaia-build-" + Guid.NewGuid().ToString("N")[..8]);

    public string At(string path) => Path.Combine(Folder, path);

    /// <summary>A program: bash with this text.</summary>
    public string Program(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), "#!/usr/bin/env bash\n" + text + "\n");
        File.SetUnixFileMode(At(path), (UnixFileMode)0b111_101_101);
        return At(path);
    }

    /// <summary>A folder with links to these programs of this machine and to no other.</summary>
    public string OnlyPrograms(string path, params string[] names)
    {
        Directory.CreateDirectory(At(path));
        foreach (var name in names)
        {
            var real = Environment
                .GetEnvironmentVariable("PATH")!
                .Split(':')
                .Select(folder => Path.Combine(folder, name))
                .First(File.Exists);
            File.CreateSymbolicLink(Path.Combine(At(path), name), real);
        }

        return At(path);
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // a process that was just killed may still have written into it
            Directory.Delete(Folder, recursive: true);
        }
    }
}
