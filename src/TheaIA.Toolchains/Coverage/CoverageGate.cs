using TheaIA.Abstractions;

namespace TheaIA.Toolchains;

/// <summary>
/// Enough lines are run by tests. Its minimum of positive evidence: at least one report, and in it at
/// least one line below <c>src/</c>, and one of every room that must have some.
/// </summary>
/// <param name="goal">0 to 100.</param>
/// <param name="root">The checkout.</param>
/// <param name="reports">The Cobertura files, asked for when it measures.</param>
public sealed class CoverageGate(decimal goal, string root, Func<IReadOnlyList<string>> reports)
    : IGate
{
    /// <summary>What a person opens; told when the goal is missed. Null: nothing.</summary>
    public string? Html { get; init; }

    /// <summary>
    /// Folders of which at least one line must be in the reports (<c>src/TheaIA.Pipeline</c>): a room
    /// that no test loads is in no report, and would not lower the figure. Default: none.
    /// </summary>
    public IReadOnlyList<string> Rooms { get; init; } = [];

    /// <inheritdoc/>
    public string Name => "coverage";

    /// <inheritdoc/>
    public Task<Measurement> MeasureAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(Measure());
    }

    private Measurement Measure()
    {
        var files = reports();
        var limit = CoverageReport.Limit(goal);
        if (files.Count == 0)
        {
            return new Measurement(
                Verdict.Unknown,
                "no coverage report: run ./build.sh Test",
                limit
            );
        }
        var report = Cobertura.Read(root, files);
        var source = Figures.Count(files.Count, "Cobertura file");
        var unseen = Rooms.Where(room =>
            !report.Files.Any(f =>
                f.Path.StartsWith(room.TrimEnd('/') + "/", StringComparison.Ordinal)
            )
        );
        return report switch
        {
            { Lines: 0 } => new Measurement(
                Verdict.Unknown,
                "no line below src/ was measured",
                limit,
                source
            ),
            _ when unseen.ToList() is { Count: > 0 } rooms => new Measurement(
                Verdict.Unknown,
                $"no report has a line of {string.Join(", ", rooms)}: a test project must reference it",
                limit,
                source
            ),
            _ when report.Reaches(goal) => new Measurement(
                Verdict.Pass,
                report.Value,
                limit,
                source
            ),
            _ => new Measurement(Verdict.Fail, report.Value, limit, source)
            {
                Details =
                [
                    .. report.Worst(),
                    .. Html is null ? Array.Empty<string>() : [$"report: {Html}"],
                ],
            },
        };
    }
}
