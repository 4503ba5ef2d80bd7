namespace TheaIA.Delivery.Docker.Contexts;

/// <summary>A file without a name for what is sent whole: it is gone with the process, however that ends.</summary>
internal static class Spool
{
    /// <summary>Opens an empty one, to write and then to read.</summary>
    public static FileStream Open()
    {
        var path = Path.Combine(Path.GetTempPath(), $"theaia-{Guid.NewGuid():n}");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            // until its name is gone, it is this user's alone
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        var file = new FileStream(path, options);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }
        return file;
    }
}
