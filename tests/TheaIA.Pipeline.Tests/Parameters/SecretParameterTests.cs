using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Parameters;

public sealed class SecretParameterTests : IDisposable
{
    private readonly Reading _reading = new();

    public void Dispose() => _reading.Dispose();

    [Fact]
    public void It_comes_from_the_environment_and_is_among_what_must_be_masked()
    {
        var service = _reading
            .Set("RAILWAY_TOKEN", "hunter2")
            .Set("KEY", "k3y")
            .Read<DeployBuild>();

        service.Value<DeployBuild>(b => b.RailwayToken).ShouldBe("hunter2");
        ((Secret)service.Value<DeployBuild>(b => b.Key)!).Reveal().ShouldBe("k3y");
        service.SecretValues.ShouldBe(["hunter2", "k3y"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("hunter2\n", "hunter2")]
    [InlineData("hunter2\r\n", "hunter2")]
    [InlineData("hunter2\n\n", "hunter2\n")]
    [InlineData(" hunter2", " hunter2")]
    [InlineData("\n", null)]
    public void It_comes_from_a_file_less_one_line_end(string text, string? secret)
    {
        _reading
            .Write("token", text)
            .Set("RAILWAY_TOKEN", "")
            .Set("RAILWAY_TOKEN_FILE", $"{_reading.Root}/token");

        var service = _reading.Read<DeployBuild>();

        service.Value<DeployBuild>(b => b.RailwayToken).ShouldBe(secret);
        service.SecretValues.ShouldBe(secret is null ? [] : [secret]);
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error() =>
        _reading
            .Set("RAILWAY_TOKEN_FILE", "/none/token")
            .Error<DeployBuild>()
            .ShouldBe(
                "The secret RailwayToken cannot be read from '/none/token', which the environment variable RAILWAY_TOKEN_FILE names: there is no such file."
            );

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error() =>
        _reading
            .Set("RAILWAY_TOKEN_FILE", _reading.Root.ToString())
            .Error<DeployBuild>()
            .ShouldStartWith(
                $"The secret RailwayToken cannot be read from '{_reading.Root}', which the environment variable RAILWAY_TOKEN_FILE names: "
            );

    [Fact]
    public void On_the_command_line_it_is_refused_and_not_shown()
    {
        var error = _reading.Error<DeployBuild>(
            "--railway-token",
            "hunter2",
            "--timeout",
            "hunter2"
        );

        error.ShouldBe(
            """
            2 options or parameters are wrong:
            --railway-token is a secret, which the command line shows to everybody: set RAILWAY_TOKEN or RAILWAY_TOKEN_FILE.
            --timeout '***' is not a duration (30s, 5m, 00:01:30). From the command line.
            """
        );
    }

    [Fact]
    public void In_a_file_of_the_checkout_it_is_refused_and_not_shown() =>
        _reading
            .Write(".nuke/parameters.json", """{ "RailwayToken": "hunter2", "Key": "" }""")
            .Error<DeployBuild>()
            .ShouldBe(
                ".nuke/parameters.json, line 1, column 3: RailwayToken is a secret, which no file in the checkout may hold: set RAILWAY_TOKEN or RAILWAY_TOKEN_FILE, or name a command that prints it."
            );

    [Fact]
    public void One_that_does_not_convert_is_not_shown()
    {
        var error = _reading
            .Set("PIN", "hunter2")
            .Set("RAILWAY_TOKEN", "t0ken")
            .Error<DeployBuild>("--hunter2");

        error.ShouldBe(
            """
            2 options or parameters are wrong:
            There is no option '--***'.   ./build.sh --help lists all.
            The secret Pin is not a whole number from -2147483648 to 2147483647. From the environment variable PIN.
            """
        );
    }

    [Theory]
    [InlineData("KEYS", "alphasecret, betasecret", "alphasecret|betasecret")]
    [InlineData(
        "NAMED",
        "one=alphasecret,two=beta=secret",
        "one=alphasecret|two=beta=secret|alphasecret|beta=secret"
    )]
    [InlineData("SPLIT", "alpha,secret;betasecret", "alpha,secret|betasecret")]
    [InlineData("UNSPLIT", "alphasecret,betasecret", "")]
    [InlineData("ONE", "alpha=secret,betasecret", "")]
    public void Of_a_list_each_item_is_among_what_must_be_masked(
        string variable,
        string value,
        string parts
    )
    {
        string[] expected = [value, .. parts.Split('|', StringSplitOptions.RemoveEmptyEntries)];

        _reading.Set(variable, value).Read<ListBuild>().SecretValues.ShouldBe(expected);
        _reading
            .Write("list", value + "\n")
            .Set(variable, "")
            .Set(variable + "_FILE", $"{_reading.Root}/list")
            .Read<ListBuild>()
            .SecretValues.ShouldBe(expected);
    }

    [Fact]
    public void An_item_of_a_list_is_not_shown_by_another_error() =>
        _reading
            .Set("KEYS", "alphasecret,betasecret")
            .Error<ListBuild>(
                "--betasecret",
                "--one",
                "gammasecret",
                "--named",
                "x=deltasecret",
                "--deltasecret"
            )
            .ShouldBe(
                """
                4 options or parameters are wrong:
                There is no option '--***'.   ./build.sh --help lists all.
                --one is a secret, which the command line shows to everybody: set ONE or ONE_FILE.
                --named is a secret, which the command line shows to everybody: set NAMED or NAMED_FILE.
                There is no option '--***'.   ./build.sh --help lists all.
                """
            );

    [Fact]
    public void A_variable_with_more_than_64_KiB_is_an_error()
    {
        var longest = new string('é', 32 * 1024);
        _reading.Set("ONE", longest).Read<ListBuild>().SecretValues.ShouldBe([longest]);

        _reading
            .Set("ONE", longest + "x")
            .Error<ListBuild>()
            .ShouldBe(
                "The secret One cannot be read from the environment variable ONE: it has more than 64 KiB: set it to the secret alone."
            );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(3_000_000)]
    public void A_file_with_more_than_64_KiB_is_an_error(int tooMany)
    {
        var longest = new string('a', 64 * 1024);
        _reading.Set("ONE_FILE", $"{_reading.Root}/one").Write("one", "\ufeff" + longest + "\r\n");
        _reading.Read<ListBuild>().SecretValues.ShouldBe([longest]);

        _reading
            .Write("one", longest + new string('b', tooMany))
            .Error<ListBuild>()
            .ShouldBe(
                $"The secret One cannot be read from '{_reading.Root}/one', which the environment variable ONE_FILE names: it has more than 64 KiB: name a file with the secret alone."
            );
    }

    [Fact]
    public void A_file_without_an_end_is_not_read_to_it()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _reading
            .Set("ONE_FILE", "/dev/zero")
            .Error<ListBuild>()
            .ShouldEndWith("it has more than 64 KiB: name a file with the secret alone.");
    }

    private sealed class ListBuild
    {
        [Parameter, Secret]
        public string[]? Keys { get; set; }

        [Parameter, Secret]
        public IReadOnlyDictionary<string, string>? Named { get; set; }

        [Parameter(Separator = ";"), Secret]
        public List<string>? Split { get; set; }

        [Parameter(Separator = ""), Secret]
        public string[]? Unsplit { get; set; }

        [Parameter, Secret]
        public string? One { get; set; }
    }
}
