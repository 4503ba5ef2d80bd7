using System.Globalization;
using TheaIA.Delivery.Local.Processes;

namespace TheaIA.Delivery.Local.Places;

/// <summary>One start of a release in a place.</summary>
/// <param name="Number">Grows with every start; the front counts requests by it.</param>
/// <param name="Digest">The release's digest.</param>
/// <param name="Port">The port of 127.0.0.1 that only the front calls.</param>
internal sealed record Generation(long Number, string Digest, int Port);

/// <summary>A process that serves, or would serve, a place.</summary>
/// <param name="Info">The process.</param>
/// <param name="Digest">The digest whose root it runs from.</param>
/// <param name="Port">The port that it was told.</param>
internal sealed record ServiceProcess(ProcessInfo Info, string Digest, int Port)
{
    public const string UrlsOption = "--urls";
    private const string Url = "http://127.0.0.1:";

    public static string UrlOf(int port) =>
        string.Create(CultureInfo.InvariantCulture, $"{Url}{port}");

    /// <summary>Reads a process's command line; null when it runs from no root of this place.</summary>
    public static ServiceProcess? Of(ProcessInfo process, PlaceFolder folder)
    {
        var start = folder.Roots + Path.DirectorySeparatorChar;
        var program = process.Arguments.FirstOrDefault(a =>
            a.StartsWith(start, StringComparison.Ordinal)
        );
        return
            program is not null
            && process.After(UrlsOption) is { } url
            && url.StartsWith(Url, StringComparison.Ordinal)
            && int.TryParse(url[Url.Length..], CultureInfo.InvariantCulture, out var port)
            ? new ServiceProcess(process, "sha256:" + program[start.Length..].Split('/')[0], port)
            : null;
    }
}
