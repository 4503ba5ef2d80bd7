namespace TheaIA.Pipeline.Tests.IO;

public sealed class WordsForPeopleTests
{
    [Theory]
    [InlineData(-1, "0.0 s")]
    [InlineData(0, "0.0 s")]
    [InlineData(0.04, "0.0 s")]
    [InlineData(0.4, "0.4 s")]
    [InlineData(9.94, "9.9 s")]
    [InlineData(9.96, "10 s")]
    [InlineData(41.4, "41 s")]
    [InlineData(72, "72 s")]
    [InlineData(90, "90 s")]
    [InlineData(119.6, "2 min")]
    [InlineData(192, "3 min 12 s")]
    [InlineData(420, "7 min")]
    [InlineData(3599.6, "1 h")]
    [InlineData(7500, "2 h 5 min")]
    [InlineData(7199, "2 h")]
    [InlineData(360000, "100 h")]
    public void A_time_is_in_a_persons_words(double seconds, string words) =>
        HumanTime.Format(TimeSpan.FromSeconds(seconds)).ShouldBe(words);

    [Theory]
    [InlineData("Depoly", "Deploy")]
    [InlineData("deplyo", "Deploy")]
    [InlineData("--Docker-Biuld", "DockerBuild")]
    [InlineData("Cov", "Coverage")]
    [InlineData("tset", "Test")]
    [InlineData("Lnt", "Lint")]
    [InlineData("xyz", null)]
    [InlineData("", null)]
    [InlineData("e", null)]
    [InlineData("Kubernetes", null)]
    public void What_was_mistyped_is_guessed_when_it_is_near(string typed, string? meant) =>
        Suggestion
            .For(typed, ["Test", "Deploy", "DockerBuild", "Coverage", "Lint"])
            .ShouldBe(meant);
}
