namespace TheaIA.Api.Tests;

public sealed class AgentTests
{
    [Fact]
    public async Task The_agents_are_listed_with_what_they_are_busy_with()
    {
        await using var service = new RunningService();
        var agents = new List<string?>();
        for (var i = 0; i < 4; i++)
        {
            agents.Add((await ActAsync(service))["agent"]?.GetValue<string>());
        }

        agents.ShouldBe(["planner", "researcher", "writer", "planner"]);
        (await service.GetAsync("/v1/agents"))
            .ToJsonString()
            .ShouldBe(
                "[{\"name\":\"planner\",\"actsIn\":2},{\"name\":\"researcher\",\"actsIn\":1},{\"name\":\"writer\",\"actsIn\":1}]"
            );
    }

    [Fact]
    public async Task An_agent_that_comes_back_is_free_again()
    {
        await using var service = new RunningService().With("AGENTS", "solo");
        var acting = await ActAsync(service);

        var (_, after) = await service.HappenAsync(acting["id"]!.GetValue<string>(), "observe");

        after["agent"].ShouldBeNull();
        (await service.GetAsync("/v1/agents"))
            .ToJsonString()
            .ShouldBe("[{\"name\":\"solo\",\"actsIn\":0}]");
    }

    [Theory]
    [InlineData("", "planner researcher writer")]
    [InlineData("b, a ,b", "b a")]
    [InlineData(",", "")]
    public async Task Their_names_can_be_set(string setting, string expected)
    {
        await using var service = new RunningService().With("AGENTS", setting);

        var names = (await service.GetAsync("/v1/agents")).AsArray().Select(a => a!["name"]!);

        string.Join(' ', names).ShouldBe(expected);
    }

    [Fact]
    public async Task Without_agents_a_conversation_acts_alone()
    {
        await using var service = new RunningService().With("AGENTS", ",");

        (await ActAsync(service))["agent"].ShouldBeNull();
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> ActAsync(RunningService service)
    {
        var id = await service.BeginAsync();
        await service.HappenAsync(id, "listen");
        await service.HappenAsync(id, "think");
        return (await service.HappenAsync(id, "act")).Body;
    }
}
