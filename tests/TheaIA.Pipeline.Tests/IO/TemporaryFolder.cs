namespace TheaIA.Pipeline.Tests.IO;

/// <summary>A folder of a test's own, gone with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public AbsolutePath Path { get; } =
        AbsolutePath.Create(Directory.CreateTempSubdirectory("theaia-").FullName);

    public AbsolutePath Write(string relative, string text)
    {
        var file = Path / relative;
        file.Parent!.CreateDirectory();
        File.WriteAllText(file.ToString(), text);
        return file;
    }

    public AbsolutePath WriteProgram(string relative, string text)
    {
        var file = Write(relative, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                file.ToString(),
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        }

        return file;
    }

    public void Dispose() => Path.DeleteDirectory();
}
