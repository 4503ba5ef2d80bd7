namespace TheaIA.Front.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("theaia-front-").FullName;

    public string Current => System.IO.Path.Combine(Path, "current");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
