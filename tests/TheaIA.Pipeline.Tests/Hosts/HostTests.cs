namespace TheaIA.Pipeline.Tests.Hosts;

public sealed class HostTests
{
    [Theory]
    [InlineData(true, "", "Terminal local")]
    [InlineData(false, "", "Plain local")]
    [InlineData(true, "NO_COLOR=1", "Plain local")]
    [InlineData(true, "NO_COLOR=", "Terminal local")]
    [InlineData(true, "TERM=dumb", "Plain local")]
    [InlineData(true, "CI=true", "Plain server")]
    [InlineData(true, "CI=false", "Terminal local")]
    [InlineData(true, "CI=0", "Terminal local")]
    [InlineData(true, "GITHUB_ACTIONS=true", "GitHubActions server")]
    public async Task It_is_found_by_the_output_and_the_environment(
        bool isTerminal,
        string variable,
        string expected
    )
    {
        using var checkout = new Checkout { IsTerminal = isTerminal };
        if (variable.Split('=') is [var name, var value])
        {
            checkout.Environment[name] = value;
        }

        var answer = await checkout.RunAsync<Build>("Which");
        answer.Ran.ShouldBe(expected);
    }

    [Theory]
    [InlineData("terminal", "Terminal local")]
    [InlineData("PLAIN", "Plain local")]
    [InlineData("git-hub-actions", "GitHubActions server")]
    public async Task What_was_typed_wins(string typed, string expected)
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>($"Which --host {typed}");
        answer.Ran.ShouldBe(expected);
    }

    [Fact]
    public async Task Another_one_is_refused()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Which --host jenkins");
        answer.Code.ShouldBe(2);
        answer.Output.ShouldBe(
            "--host 'jenkins' is not a host (Terminal, Plain, GitHubActions). From the command line.\n"
        );
    }

    [Fact]
    public async Task GitHub_tells_its_variables()
    {
        using var checkout = new Checkout();
        foreach (var name in "ACTIONS REF SHA REPOSITORY ACTOR EVENT_NAME RUN_ID JOB".Split(' '))
        {
            checkout.Environment[$"GITHUB_{name}"] = $"a-{name}";
        }

        var answer = await checkout.RunAsync<Build>("GitHub");
        answer.Ran.ShouldBe("a-REF a-SHA a-REPOSITORY a-ACTOR a-EVENT_NAME a-RUN_ID a-JOB");
        checkout.Environment.Clear();
        (await checkout.RunAsync<Build>("GitHub")).Ran.ShouldBe("none");
    }

    public class Build : TestBuild
    {
        Target Which =>
            _ =>
                _.Executes(() =>
                {
                    Ran(Host.ToString()!);
                    Ran((IsServerBuild, IsLocalBuild) == (true, false) ? "server" : "local");
                });
        Target GitHub =>
            _ =>
                _.Executes(() =>
                    Ran(
                        GitHubActions.Instance is { } on
                            ? $"{on.Ref} {on.Sha} {on.Repository} {on.Actor} {on.EventName} {on.RunId} {on.Job}"
                            : "none"
                    )
                );
    }
}
