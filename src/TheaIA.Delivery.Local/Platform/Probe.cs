using System.Globalization;
using TheaIA.Delivery.Local.Places;
using TheaIA.Delivery.Local.Processes;

namespace TheaIA.Delivery.Local.Platform;

/// <summary>Looks whether a release came up, on the port that only the front calls.</summary>
internal sealed class Probe(Surroundings around)
{
    /// <summary>Waits until it is ready, then asks what it is.</summary>
    /// <param name="process">Its process.</param>
    /// <param name="generation">Its digest and port.</param>
    /// <param name="ready">Called when it answers ready.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>Null: it is up. Else why not, without the release's name.</returns>
    public async Task<string?> FailsAsync(
        Detached process,
        Generation generation,
        Action ready,
        CancellationToken cancel
    )
    {
        var url = ServiceProcess.UrlOf(generation.Port);
        var last = new Answer(null, "");
        var isReady = await around.UntilAsync(
            async () => process.ExitCode is not null || (last = await Ask("/health/ready")).IsOk,
            Limits.Ready,
            cancel
        );
        if (process.ExitCode is { } code)
        {
            return $"ended at start with exit code {code}";
        }
        if (!isReady)
        {
            var seconds = Limits.Ready.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return $"was never ready: GET /health/ready {last} for {seconds} s";
        }
        ready();
        var version = await Ask("/version");
        if (Told.Digest(version) is not { } digest)
        {
            return version.IsOk
                ? "tells no digest at /version"
                : $"tells no digest: GET /version {version}";
        }
        if (!string.Equals(digest, generation.Digest, StringComparison.Ordinal))
        {
            return $"tells the digest {digest}";
        }
        var metrics = await Ask("/metrics");
        return Told.Samples(metrics) > 0 ? null
            : metrics.IsOk ? "/metrics has no samples"
            : $"has no metrics: GET /metrics {metrics}";

        Task<Answer> Ask(string path) => Loopback.GetAsync(url + path, cancel);
    }
}
