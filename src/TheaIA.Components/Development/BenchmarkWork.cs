namespace TheaIA.Components;

/// <summary>What Benchmark does: eng/benchmark/benchmark.sh measures and writes.</summary>
internal static class BenchmarkWork
{
    /// <summary>It ends so when it was asked for what there is not.</summary>
    private const int WrongRow = 2;

    /// <param name="rows">Which rows; null: all.</param>
    /// <param name="cancel">Ends it, and what it started.</param>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: there is no such row. <see cref="Outcome.Failed"/>: what it measures failed.
    /// </exception>
    public static async Task RunAsync(string? rows, CancellationToken cancel)
    {
        var script = NukeBuild.RootDirectory / "eng" / "benchmark" / "benchmark.sh";
        var command = new Command(
            "bash",
            [script.ToString(), .. rows is null ? [] : new[] { rows }]
        );
        var progress = TargetContext.Progress;
        var ran = await TargetContext.Runner.RunAsync(command, progress.Say, cancel);
        if (ran.ExitCode == WrongRow)
        {
            throw new OutcomeException(Outcome.Wrong, ran.Error.Trim());
        }

        ran.OrThrow(command);
        progress.Figure("docs/performance.md");
    }
}
