using System.Diagnostics;

namespace TheaIA.Components.Tests.House;

/// <summary>What Benchmark says; what it measures is for a quiet machine.</summary>
public sealed class BenchmarkTests
{
    [Fact]
    public async Task A_row_that_is_none_is_named_with_those_that_are()
    {
        var start = new ProcessStartInfo("bash", ["eng/benchmark/benchmark.sh", "noop,nonsense"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardError = true,
        };
        using var script = Process.Start(start)!;
        var said = await script.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        script.ExitCode.ShouldBe(2);
        said.ShouldBe(
            "There is no row 'nonsense': noop, four, chain, graph, files, again, push, deploy.\n"
        );
    }
}
