namespace TheaIA.Pipeline.Tests.Secrets;

/// <summary>What GitHub's runner is told to hide.</summary>
public sealed class SecretKeeperTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public SecretKeeperTests()
    {
        _checkout.Environment["GITHUB_ACTIONS"] = "true";
        _checkout.Environment["TOKEN"] = "hunter2-and-more";
    }

    public void Dispose() => _checkout.Dispose();

    [Theory]
    [InlineData("hunter2", "hunter2")]
    [InlineData("100 %\n", "100 %25")]
    [InlineData("%0A::x", "%250A::x")]
    [InlineData("first line\r\n{\r\n  second\rthird\n}\n", "first line|second|third")]
    [InlineData("{", "{")]
    [InlineData(" \n", "")]
    public void Each_line_is_announced_on_standard_error_only(string secret, string expected)
    {
        var (output, error) = Hide(secret, new EngineOptions(), "true");

        output.ShouldBe("");
        error.ShouldBe(
            string.Concat(
                expected
                    .Split('|', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => $"::add-mask::{line}\n")
            )
        );
    }

    [Fact]
    public void Elsewhere_and_for_questions_nothing_is_announced()
    {
        Hide("hunter2", new EngineOptions(), "").ShouldBe(("", ""));
        Hide("hunter2", new EngineOptions(), "false").ShouldBe(("", ""));
        Hide("hunter2", new EngineOptions { List = true }, "true").ShouldBe(("", ""));
        Hide("hunter2", new EngineOptions { Plan = PlanFormat.Json }, "true").ShouldBe(("", ""));
        Hide("hunter2", new EngineOptions { Help = PlanFormat.Text }, "true").ShouldBe(("", ""));
    }

    [Fact]
    public async Task It_is_announced_before_all_else_and_shown_nowhere_else()
    {
        var answer = await _checkout.RunAsync<Build>("Show");

        answer.Code.ShouldBe(0);
        answer.FirstLine.ShouldBe("::add-mask::hunter2-and-more");
        answer.Output[answer.FirstLine.Length..].ShouldNotContain("hunter2");
        answer.Output.ShouldContain("shown ***");
        foreach (
            var file in Directory.EnumerateFiles(_checkout.Root, "*", SearchOption.AllDirectories)
        )
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            text.ShouldNotContain("hunter2");
        }
    }

    [Fact]
    public async Task What_a_command_prints_is_announced_when_it_is_known()
    {
        _checkout.Environment.Remove("TOKEN");
        _checkout.Write(
            ".nuke/parameters.json",
            """{ "Token": { "command": ["echo", "printed-token"] } }"""
        );

        var answer = await _checkout.RunAsync<Build>("Show");

        answer.FirstLine.ShouldBe("::add-mask::printed-token");
        answer.Output.ShouldContain("shown ***");
    }

    [Theory]
    [InlineData("environment")]
    [InlineData("file")]
    [InlineData("command")]
    public async Task Each_item_of_a_list_is_announced(string source)
    {
        const string Keys = "alphasecret,betasecret";
        switch (source)
        {
            case "environment":
                _checkout.Environment["KEYS"] = Keys;
                break;
            case "file":
                _checkout.Write("keys", Keys);
                _checkout.Environment["KEYS_FILE"] = Path.Combine(_checkout.Root, "keys");
                break;
            default:
                _checkout.Write(
                    ".nuke/parameters.json",
                    $$"""{ "Keys": { "command": ["echo", "{{Keys}}"] } }"""
                );
                break;
        }

        var answer = await _checkout.RunAsync<Build>("Show");

        answer.Code.ShouldBe(0);
        answer.Output.ShouldContain(
            $"::add-mask::{Keys}\n::add-mask::alphasecret\n::add-mask::betasecret\n"
        );
        answer.Output.ShouldContain("keys *** ***");
    }

    [Fact]
    public async Task A_host_that_was_only_typed_is_told_nothing()
    {
        _checkout.Environment.Remove("GITHUB_ACTIONS");

        var answer = await _checkout.RunAsync<Build>("Show --host GitHubActions");

        answer.Output.ShouldContain("shown ***");
        answer.Output.ShouldNotContain("hunter2");
    }

    private static (string Output, string Error) Hide(
        string secret,
        EngineOptions options,
        string variable
    )
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var surroundings = new Surroundings
        {
            Arguments = [],
            Environment = new Dictionary<string, string> { ["GITHUB_ACTIONS"] = variable },
            Output = output,
            Error = error,
            CurrentDirectory = "/",
        };
        var mask = new SecretMask();

        new SecretKeeper(mask, surroundings, options).Hide(secret);

        mask.Mask("hunter2").ShouldBe(secret == "hunter2" ? SecretMask.Stars : "hunter2");
        return (output.ToString(), error.ToString());
    }

    public class Build : TestBuild
    {
        [Parameter, Secret]
        readonly string Token = null!;

        [Parameter, Secret]
        readonly string[] Keys = [];

        Target Show =>
            _ =>
                _.Requires(() => Token)
                    .Executes(() =>
                    {
                        Console.WriteLine("shown " + Token);
                        Console.WriteLine("keys " + string.Join(' ', Keys));
                    });
    }
}
