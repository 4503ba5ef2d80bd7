namespace TheaIA.Components;

/// <summary>Measures what the pipeline itself costs, each figure against another of the same run.</summary>
public interface IBenchmark : INukeBuild
{
    /// <summary>Which rows: noop, four, chain, graph, files, again, push, deploy. Default: all.</summary>
    [Parameter(
        "which rows of Benchmark: noop,four,chain,graph,files,again,push,deploy. Default: all"
    )]
    string? Rows => TryGetValue(() => Rows);

    /// <summary>Writes docs/performance.md. Not on the way to anything: it wants a quiet machine.</summary>
    Target Benchmark =>
        _ =>
            _.Description(
                    "what the pipeline costs, into docs/performance.md; wants a quiet machine"
                )
                .Executes(cancel => BenchmarkWork.RunAsync(Rows, cancel));
}
