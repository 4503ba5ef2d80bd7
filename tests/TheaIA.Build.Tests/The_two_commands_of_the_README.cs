using System.Globalization;
using TheaIA.Build.Tests.Given;

namespace TheaIA.Build.Tests;

/// <summary>A person with a fresh clone and only the .NET SDK.</summary>
public sealed class The_two_commands_of_the_README
{
    [Fact]
    public async Task Deploy_and_Test_end_well_in_a_fresh_clone()
    {
        await using var clone = await Clone.OfHeadAsync();
        var port = TestPorts.Free().ToString(CultureInfo.InvariantCulture);
        clone.Where = ["--port", port];

        var deployed = (
            await clone.BuildAsync(TimeSpan.FromMinutes(20), "Deploy", "--port", port)
        ).ShouldEndWith(0);
        deployed.Output.ShouldContain("sha256:");
        deployed.Output.ShouldContain("[7 min].");
        deployed.Lines.ShouldAllBe(l =>
            l.Length <= 100 || l.Contains('/', StringComparison.Ordinal)
        );
        using var http = new HttpClient();
        (
            await http.GetStringAsync(
                new Uri($"http://localhost:{port}/health/ready"),
                TestContext.Current.CancellationToken
            )
        ).ShouldNotBeEmpty();
        (await clone.GitAsync("status", "--porcelain")).Output.ShouldBeEmpty();

        var tested = await clone.BuildAsync(TimeSpan.FromMinutes(5), "Test");
        tested.ShouldEndWith(0).Output.ShouldContain("passed");
    }
}
