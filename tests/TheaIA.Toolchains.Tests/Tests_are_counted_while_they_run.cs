using TheaIA.Toolchains.Tests.Given;

namespace TheaIA.Toolchains.Tests;

public sealed class Tests_are_counted_while_they_run
{
    [Fact]
    public void From_what_dotnet_test_prints()
    {
        var told = new List<string>();
        var counter = new TestCounter(told.Add);

        foreach (var line in File.ReadLines(Sandbox.Sample("console.txt")))
        {
            counter.Line(line);
        }

        told.ShouldBe([
            "1 passed",
            "2 passed",
            "2 passed, 1 failed",
            "3 passed, 1 failed",
            "4 passed, 1 failed",
            "4 passed, 2 failed",
        ]);
    }

    [Theory]
    [InlineData("  Passed A.B [9 ms]", 1)]
    [InlineData("  Passed A.B(n: \"x [y]\") [< 1 ms]", 1)]
    [InlineData("  Passed A.B [1 m 2 s]\r", 1)]
    [InlineData("  Passed in text", 0)]
    [InlineData("     Passed: 4", 0)]
    [InlineData("   Passed A.B [9 ms]", 0)]
    [InlineData("", 0)]
    public void And_not_from_what_a_test_prints(string line, int times)
    {
        var told = new List<string>();

        new TestCounter(told.Add).Line(line);

        told.Count.ShouldBe(times);
    }

    [Fact]
    public void Several_runs_at_once_lose_none()
    {
        var last = "";
        var counter = new TestCounter(now => last = now);

        Parallel.For(0, 6120, _ => counter.Line("  Passed A.B [1 ms]"));

        last.ShouldBe("6 120 passed");
    }
}
