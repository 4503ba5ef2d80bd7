namespace TheaIA.Components.Tests.Services;

public sealed class KpisTests
{
    [Fact]
    public void The_goals_are_the_guides_unless_a_program_says_otherwise()
    {
        var goals = new Kpis();
        goals.Coverage.ShouldBe(98.Percent());
        goals.BuildToDeploy.ShouldBe(7.Minutes());
        goals.Rollback.ShouldBe(90.Seconds());
        goals.Uptime.ShouldBe(99.94.Percent());
        goals.HighIncidents.ShouldBe(0);
    }
}
