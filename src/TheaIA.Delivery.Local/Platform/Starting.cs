using TheaIA.Delivery.Local.Images;
using TheaIA.Delivery.Local.Places;
using TheaIA.Delivery.Local.Processes;

namespace TheaIA.Delivery.Local.Platform;

/// <summary>Starts an unpacked image as a process of its own.</summary>
internal static class Starting
{
    // the container's surroundings; here the machine's own hold
    private static readonly string[] NotFromTheImage = ["PATH", "HOME"];

    public static Detached Start(
        PlaceFolder folder,
        Generation generation,
        StartFile start,
        string root
    )
    {
        var app = Path.Combine(root, "app");
        var url = ServiceProcess.UrlOf(generation.Port);
        return Detach.Start(
            new DetachRequest(
                [
                    Detach.Dotnet,
                    Path.Combine(app, start.Entrypoint[1]),
                    .. start.Entrypoint.Skip(2),
                    ServiceProcess.UrlsOption,
                    url,
                ],
                app,
                folder.LogOf(generation.Number),
                folder.PidOf(generation.Number),
                folder.RecordOf(generation.Number)
            )
            {
                Environment = EnvironmentOf(folder, generation, start, url),
            }
        );
    }

    private static Dictionary<string, string> EnvironmentOf(
        PlaceFolder folder,
        Generation generation,
        StartFile start,
        string url
    )
    {
        var environment = start
            .Env.Select(e => e.Split('=', 2))
            .Where(e => e.Length == 2 && !NotFromTheImage.Contains(e[0], StringComparer.Ordinal))
            .ToDictionary(e => e[0], e => e[1], StringComparer.Ordinal);
        var name = folder.Place.Environment;
        environment["IMAGE_DIGEST"] = generation.Digest;
        environment["DATA_DIR"] = folder.Data;
        environment["ASPNETCORE_URLS"] = url;
        environment["ASPNETCORE_ENVIRONMENT"] = char.ToUpperInvariant(name[0]) + name[1..];
        return environment;
    }
}
