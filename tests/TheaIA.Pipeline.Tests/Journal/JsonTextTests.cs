namespace TheaIA.Pipeline.Tests.Journal;

/// <summary>What the journal and the report write by hand.</summary>
public sealed class JsonTextTests
{
    [Theory]
    [InlineData(0, "0.0000000")]
    [InlineData(15_000_001, "1.5000001")]
    // the clock was set back while the run was at work
    [InlineData(-15_000_000, "0.0000000")]
    public void A_time_is_a_number_of_seconds(long ticks, string expected)
    {
        var json = new JsonText();
        json.BeginObject();
        json.Write("seconds", TimeSpan.FromTicks(ticks));
        json.EndObject();
        json.ToString().ShouldBe($"{{\"seconds\":{expected}}}");
    }
}
