namespace TheaIA.Tests;

/// <summary>
/// The real docker-registry on a free loopback port, over plain HTTP, with its storage in a folder of its
/// own and deletion enabled.
/// </summary>
internal sealed class RealRegistry : IAsyncDisposable
{
    /// <summary>Who may come in where a login is wanted.</summary>
    public const string User = "theaia";
    public const string Password = "correct-horse";

    // what htpasswd -B makes of the password
    private const string Entry =
        User + ":$2b$04$0V3OctAgFLj9RTrpOB1pNO1AeCvD24.CWNvaerVayONBk/rdxj.FK";

    private readonly ServerProcess _server;

    private RealRegistry(ServerProcess server) => _server = server;

    /// <summary>127.0.0.1:PORT, the host of an image's reference.</summary>
    public string Host => _server.Host;

    /// <summary>
    /// Below docker/registry/v2 lie blobs/sha256/XX/HEX/data and repositories/NAME/_manifests/tags/TAG.
    /// </summary>
    public string StorageDirectory => StorageOf(_server.Folder);

    /// <summary>Its log, a line for each request, in Apache's format.</summary>
    public string LogFile => _server.LogFile;

    /// <summary>Starts one; without the program the test is skipped (or fails: see Real).</summary>
    /// <param name="login">Wants basic authentication with <see cref="User"/> and <see cref="Password"/>.</param>
    /// <param name="storage">Another's storage, to which nobody writes now: it starts with a copy of that.</param>
    public static async Task<RealRegistry> NewAsync(bool login = false, string? storage = null)
    {
        var program = Real.Need("docker-registry");
        return new RealRegistry(
            await ServerProcess.StartAsync(
                program,
                (port, folder) => ["serve", Configure(port, folder, login, storage)],
                "/v2/"
            )
        );
    }

    /// <summary>Starts it again on the same port, with what it has stored.</summary>
    public Task StartAsync() => _server.StartAgainAsync();

    /// <summary>Ends it; its storage stays.</summary>
    /// <param name="signal">TERM, or KILL for a crash.</param>
    public Task StopAsync(string signal = "TERM") => _server.StopAsync(signal);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static string StorageOf(string folder) => Path.Combine(folder, "storage");

    private static string Configure(int port, string folder, bool login, string? storage)
    {
        if (storage is not null && !Directory.Exists(StorageOf(folder)))
        {
            Copy(storage, StorageOf(folder));
        }

        var users = Path.Combine(folder, "users");
        File.WriteAllText(users, Entry + "\n");
        var file = Path.Combine(folder, "registry.yml");
        File.WriteAllText(
            file,
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $$"""
                version: 0.1
                storage:
                  filesystem: { rootdirectory: "{{StorageOf(folder)}}" }
                  delete: { enabled: true }
                http: { addr: "127.0.0.1:{{port}}" }
                {{(login ? $"auth: {{ htpasswd: {{ realm: theaia, path: \"{users}\" }} }}" : "")}}

                """
            )
        );
        return file;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }

        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
