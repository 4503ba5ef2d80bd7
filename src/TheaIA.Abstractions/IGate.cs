namespace TheaIA.Abstractions;

/// <summary>Measures one KPI or checklist line (mission rows M9 to M12, M25).</summary>
public interface IGate
{
    /// <summary>The gate's name as a person types it after <c>--override</c>: <c>coverage</c>.</summary>
    string Name { get; }

    /// <summary>Measures now. An exception counts as <see cref="Verdict.Unknown"/>.</summary>
    /// <param name="cancel">Ends with Ctrl-C, SIGTERM or <c>--fail-fast</c>.</param>
    /// <returns>The verdict with its value, limit and source.</returns>
    Task<Measurement> MeasureAsync(CancellationToken cancel);
}
