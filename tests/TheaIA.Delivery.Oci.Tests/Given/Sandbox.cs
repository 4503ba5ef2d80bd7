using System.Diagnostics;
using System.Text;
using TheaIA.Delivery.Oci.Images;
using TheaIA.Delivery.Oci.Store;

namespace TheaIA.Delivery.Oci.Tests.Given;

/// <summary>A folder of its own with applications, layouts and a store in it.</summary>
public sealed class Sandbox : IDisposable
{
    public const string Commit = "3f2c1a9d0b7d2e1c5520e7f31ab4be1f0aa9c021";

    public string Root { get; } = Directory.CreateTempSubdirectory("theaia-oci-").FullName;

    public string StoreRoot => this["state/store"];

    public string this[string path] => Path.Combine(Root, path);

    internal OciImageBuilder Builder { get; } = new(TimeProvider.System);

    internal OciLayoutStore Store => new(StoreRoot, TimeProvider.System);

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public string Application(string name, params (string Path, string Text)[] files)
    {
        var all = files.Length > 0 ? files : Usual;
        foreach (var (path, text) in all)
        {
            Write(Path.Combine(this[name], path), text);
        }
        return this[name];
    }

    public static (string Path, string Text)[] Usual { get; } =
    [
        ("TheaIA.Api.dll", "the program"),
        ("TheaIA.Api.runtimeconfig.json", "{}"),
        ("appsettings.json", "{ \"a\": 1 }"),
        ("wwwroot/index.html", "<p>hello"),
        ("wwwroot-more/a.txt", ""),
        ("de/TheaIA.Api.resources.dll", "hallo"),
    ];

    public ImageRequest Request(string application) =>
        new(
            "theaia-api",
            application,
            "TheaIA.Api.dll",
            Commit,
            "0.1.0+3f2c1a9",
            new DateTimeOffset(2026, 11, 24, 14, 2, 0, TimeSpan.FromHours(1))
        );

    public Task<ImageBuild> BuildAsync(ImageRequest request, string layout = "layout") =>
        Builder.BuildAsync(request, this[layout], Cancel);

    public async Task<Release> PushedAsync(ImageRequest request, string layout = "layout")
    {
        var build = await BuildAsync(request, layout);
        await Store.PushAsync(this[layout], build.Release, Cancel);
        return build.Release;
    }

    public static string Blob(string layout, string digest) =>
        Path.Combine(layout, "blobs", "sha256", digest["sha256:".Length..]);

    public static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text, new UTF8Encoding(false));
    }

    public static async Task<(int ExitCode, string Output)> RunAsync(
        string program,
        params string[] arguments
    )
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync(Cancel);
        var error = process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, await output + await error);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
