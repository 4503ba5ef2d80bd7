using System.Text;

namespace TheaIA.Delivery.Docker.Tests.Given;

/// <summary>A folder of its own with a build context, base images and layouts in it.</summary>
internal sealed class Workspace : IDisposable
{
    public const string Commit = "3f2c1a9d0b7d2e1c5520e7f31ab4be1f0aa9c021";

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public string Root { get; } = Directory.CreateTempSubdirectory("theaia-docker-").FullName;

    public string this[string path] => Path.Combine(Root, path);

    /// <summary>Writes a file of the context.</summary>
    public Workspace File(string path, string text)
    {
        var file = Path.Combine(this["context"], path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        System.IO.File.WriteAllText(file, text, new UTF8Encoding(false));
        return this;
    }

    public ImageRequest Request(string dockerfile = "Dockerfile") =>
        new(
            "theaia-api",
            "",
            "TheaIA.Api.dll",
            Commit,
            "0.1.0+3f2c1a9",
            new DateTimeOffset(2026, 11, 24, 14, 2, 0, TimeSpan.FromHours(1))
        )
        {
            Dockerfile = new DockerfileBuild(this["context"], dockerfile),
        };

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
