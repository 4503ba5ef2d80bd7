using TheaIA.Abstractions;
using TheaIA.Delivery.Local.Places;
using TheaIA.Delivery.Local.Processes;

namespace TheaIA.Delivery.Local.Platform;

/// <summary>Measures what serves, through the addresses that its users call.</summary>
internal sealed class Verification(PlaceFolder folder, int port)
{
    /// <summary>One check a measurement: digest, ready, metrics, log.</summary>
    public async Task<IReadOnlyList<Check>> RunAsync(string digest, CancellationToken cancel)
    {
        var addresses = Ports.HasIpv6Loopback()
            ? new[] { $"http://127.0.0.1:{port}", $"http://[::1]:{port}" }
            : [$"http://127.0.0.1:{port}"];
        return
        [
            await EachAsync("digest", "/version", answer => Digest(answer, digest)),
            await EachAsync("ready", "/health/ready", Ready),
            await EachAsync("metrics", "/metrics", Metrics),
            Log(digest),
        ];

        async Task<Check> EachAsync(
            string gate,
            string path,
            Func<Answer, (Verdict Verdict, string Value)> judge
        )
        {
            var results = new List<(Verdict Verdict, string Value, string Source)>();
            foreach (var address in addresses)
            {
                var (verdict, value) = judge(await Loopback.GetAsync(address + path, cancel));
                results.Add((verdict, value, address + path));
            }
            // the worst of them: a fail, else an unknown, else the first pass
            var worst = results.MinBy(r =>
                r.Verdict switch
                {
                    Verdict.Fail => 0,
                    Verdict.Unknown => 1,
                    _ => 2,
                }
            );
            return new Check(gate, digest, worst.Verdict, worst.Source) { Value = worst.Value };
        }
    }

    /// <summary>
    /// What the switch cost. A failed request is the switch's doing, not the release's: it is no pass,
    /// and no reason to go back.
    /// </summary>
    public static Check Requests(string digest, int failed) =>
        new(
            "requests",
            digest,
            failed == 0 ? Verdict.Pass : Verdict.Unknown,
            "GET /health/ready during the switch"
        )
        {
            Value = SwitchWatch.Text(failed),
        };

    private (Verdict Verdict, string Value) Digest(Answer answer, string digest)
    {
        if (!answer.IsOk)
        {
            return (Verdict.Unknown, $"GET /version {answer}");
        }
        if (Told.Digest(answer) is not { } told)
        {
            return (Verdict.Fail, "tells no digest");
        }
        if (!string.Equals(told, digest, StringComparison.Ordinal))
        {
            return (Verdict.Fail, $"tells the digest {told}");
        }
        // a service could tell anything: what counts is the folder that its process runs from
        return
            folder.Serving(folder.ReadCurrent()) is { } serving
            && string.Equals(serving.Digest, digest, StringComparison.Ordinal)
            ? (Verdict.Pass, "the digest answers")
            : (Verdict.Fail, "its process does not run from this digest's folder");
    }

    private static (Verdict Verdict, string Value) Ready(Answer answer) =>
        answer.IsOk ? (Verdict.Pass, "ready") : (Verdict.Fail, $"GET /health/ready {answer}");

    private static (Verdict Verdict, string Value) Metrics(Answer answer) =>
        Told.Samples(answer) > 0 ? (Verdict.Pass, "/metrics")
        : answer.Status is null ? (Verdict.Unknown, $"GET /metrics {answer}")
        : answer.IsOk ? (Verdict.Fail, "/metrics has no samples")
        : (Verdict.Fail, $"GET /metrics {answer}");

    private Check Log(string digest)
    {
        var path = folder.LogOf(folder.ReadCurrent()?.Generation ?? 0);
        var (verdict, value) = ServiceLog.Judge(path);
        return new Check("log", digest, verdict, path) { Value = value };
    }
}
