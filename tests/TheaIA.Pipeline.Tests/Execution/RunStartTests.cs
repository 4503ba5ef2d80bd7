using System.Globalization;

namespace TheaIA.Pipeline.Tests.Execution;

/// <summary>When the person pressed return, as build.sh says it in NUKE_STARTED.</summary>
public sealed class RunStartTests
{
    private static readonly StillTime Time = new();

    [Theory]
    // seconds before now
    [InlineData(0.0, true)]
    [InlineData(0.5, true)]
    [InlineData(86_399.0, true)]
    // a day or more: left behind in the environment
    [InlineData(86_400.0, false)]
    // to come: another machine's clock
    [InlineData(-1.0, false)]
    public void What_build_sh_says_counts_within_a_day(double ago, bool counts)
    {
        var now = Time.GetUtcNow();
        var said = (now - DateTimeOffset.UnixEpoch).TotalSeconds - ago;
        Of(said.ToString("R", CultureInfo.InvariantCulture))
            .ShouldBe(counts ? now.AddSeconds(-ago) : now);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e400")]
    [InlineData("1795528890,5")]
    public void What_is_no_time_says_nothing(string said) => Of(said).ShouldBe(Time.GetUtcNow());

    private static DateTimeOffset Of(string said)
    {
        using var surroundings = new Surroundings
        {
            Arguments = [],
            Environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["NUKE_STARTED"] = said,
            },
            Output = TextWriter.Null,
            Error = TextWriter.Null,
            CurrentDirectory = "/",
            Time = Time,
        };
        return RunStart.Of(surroundings);
    }
}
