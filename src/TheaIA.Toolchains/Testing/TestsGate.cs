using TheaIA.Abstractions;

namespace TheaIA.Toolchains;

/// <summary>
/// All tests passed. Its minimum of positive evidence: result files are there, at least one test
/// passed, no host crashed, and nothing was filtered away.
/// </summary>
/// <param name="results">The TRX files, asked for when it measures.</param>
/// <param name="filter">The filter of the run; null or empty: none.</param>
public sealed class TestsGate(Func<IReadOnlyList<string>> results, string? filter = null) : IGate
{
    /// <inheritdoc/>
    public string Name => "tests";

    /// <inheritdoc/>
    public Task<Measurement> MeasureAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(Measure());
    }

    private Measurement Measure()
    {
        var files = results();
        if (files.Count == 0)
        {
            return new Measurement(Verdict.Unknown, "no test results: run ./build.sh Test");
        }
        var run = Trx.Read(files);
        var source = Figures.Count(files.Count, "TRX file");
        var value = $"{Figures.Count(run.Passed)} of {Figures.Count(run.Total)}";
        if (run.Failed.Count > 0 || run.Problems.Count > 0)
        {
            return new Measurement(Verdict.Fail, value, Source: source) { Details = run.Details };
        }
        if (run.Passed == 0)
        {
            return new Measurement(Verdict.Unknown, "no test ran", Source: source);
        }
        return filter is { Length: > 0 }
            ? new Measurement(
                Verdict.Unknown,
                $"{value}, but only those that match '{filter}': filtered tests prove nothing",
                Source: source
            )
            : new Measurement(Verdict.Pass, value, Source: source);
    }
}
