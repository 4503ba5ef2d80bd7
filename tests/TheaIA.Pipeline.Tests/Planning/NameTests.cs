using System.Globalization;

namespace TheaIA.Pipeline.Tests.Planning;

public sealed class NameTests
{
    [Theory]
    [InlineData("DockerBuild", "docker-build", true)]
    [InlineData("docker-build", "DockerBuild", true)]
    [InlineData("--docker--build--", "DockerBuild", true)]
    [InlineData("DockerBuild", "DOCKERBUILD", true)]
    [InlineData("DockerBuild", "--docker--build--", true)]
    [InlineData("DockerBuild", "docker_build", false)]
    [InlineData("DockerBuild", "DockerBuilds", false)]
    [InlineData("DockerBuilds", "DockerBuild", false)]
    [InlineData("", "-", true)]
    [InlineData(null, null, true)]
    [InlineData(null, "A", false)]
    public void Names_ignore_case_and_dashes(string? one, string? other, bool same)
    {
        NameComparer.Instance.Equals(one, other).ShouldBe(same);
        if (same && one is not null)
        {
            var hash = NameComparer.Instance.GetHashCode(one);
            hash.ShouldBe(NameComparer.Instance.GetHashCode(other!));
        }
    }

    [Theory]
    [InlineData("Test", "Text")]
    [InlineData("AB", "BA")]
    [InlineData("", "A")]
    [InlineData("Pack", "PackAll")]
    public void Other_names_have_other_hash_codes(string one, string other) =>
        NameComparer
            .Instance.GetHashCode(one)
            .ShouldNotBe(NameComparer.Instance.GetHashCode(other));

    [Fact]
    public async Task They_are_the_same_in_every_culture()
    {
        // in Turkish the upper case of i is not I
        CultureInfo.CurrentCulture = new CultureInfo("tr-TR");
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("VERIFYIT --limit 1.5");
        answer.Ran.ShouldBe("1.5");
        answer.Output.ShouldBe("ok    VerifyIt       1.5 s   Passed: 1.5\n\nDone in 1.5 s.\n");
    }

    public class Build : TestBuild
    {
        [Parameter]
        double Limit { get; set; }

        Target VerifyIt =>
            _ =>
                _.Executes(() =>
                {
                    Take(Limit);
                    Ran(string.Create(CultureInfo.InvariantCulture, $"{Limit}"));
                    ReportSummary(x => x.AddPair("Passed", Limit));
                });
    }
}
