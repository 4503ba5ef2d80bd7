using System.Runtime.CompilerServices;
using System.Text;

namespace TheaIA.Toolchains.Tests.Given;

/// <summary>A folder of its own.</summary>
public sealed class Sandbox : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("theaia-tools-").FullName;

    public string this[string path] => Path.Combine(Root, path);

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static string Sample(string name) =>
        Path.Combine(AppContext.BaseDirectory, "Samples", name);

    /// <summary>The checkout that these tests were compiled from.</summary>
    public static string Repository([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../.."));

    public string Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        File.WriteAllText(this[path], text, new UTF8Encoding(false));
        return this[path];
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
