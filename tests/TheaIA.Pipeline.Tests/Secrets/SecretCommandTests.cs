using System.Text.Json;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Secrets;

public sealed class SecretCommandTests : IDisposable
{
    private const string Value = "hunter2-and-more";
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task A_target_that_requires_the_secret_gets_what_the_command_prints()
    {
        Prints("Token", Value);

        var answer = await _checkout.RunAsync<Build>("Ship Again --profile prod");

        answer.Code.ShouldBe(0);
        answer.Ran.ShouldBe($"{Value} {Value}");
        Runs("Token").ShouldBe(1);
        answer.Output.ShouldContain("ship ***");
        answer.Output.ShouldNotContain(Value);
    }

    [Fact]
    public async Task Nothing_on_disk_holds_it_but_what_printed_it()
    {
        Prints("Token", Value);
        var profile = Path.Combine(_checkout.Root, ".nuke", "parameters.prod.json");

        await _checkout.RunAsync<Build>("Ship --profile prod");

        var files = Directory
            .EnumerateFiles(_checkout.Root, "*", SearchOption.AllDirectories)
            .Where(f => File.ReadAllText(f).Contains(Value, StringComparison.Ordinal));
        files.ShouldBe([profile]);
    }

    [Theory]
    [InlineData("Ship --plan")]
    [InlineData("Ship --help")]
    [InlineData("Ship --list")]
    [InlineData("Other")]
    [InlineData("Ship --skip Ship")]
    public async Task Where_no_target_that_requires_it_runs_the_command_does_not(string line)
    {
        Prints("Token", Value);
        Prints("Asked", Value);

        var answer = await _checkout.RunAsync<Build>(line + " --profile prod");

        answer.Code.ShouldBe(0);
        (Runs("Token"), Runs("Asked")).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_property_that_asks_for_its_value_runs_the_command_when_it_is_read_once_a_run()
    {
        Prints("Asked", Value);

        var answer = await _checkout.RunAsync<Build>("Ask AskToo --profile prod");

        answer.Ran.ShouldBe($"{Value} {Value}");
        Runs("Asked").ShouldBe(1);
    }

    [Fact]
    public async Task A_field_that_no_target_requires_may_be_read_by_any_and_is_there_for_conditions()
    {
        Prints("Unclaimed", Value);

        var answer = await _checkout.RunAsync<Build>("Read --profile prod");

        answer.Ran.ShouldBe(Value);
        (await _checkout.RunAsync<Build>("Read")).Ran.ShouldBe("");
    }

    [Fact]
    public async Task The_environment_wins_over_a_command_and_a_profile_over_the_common_file()
    {
        Prints("Token", "from-the-profile");
        _checkout.Write(".nuke/parameters.json", Command("Token", "echo", "from-the-file"));

        (await _checkout.RunAsync<Build>("Ship")).Ran.ShouldBe("from-the-file");
        (await _checkout.RunAsync<Build>("Ship --profile prod")).Ran.ShouldBe("from-the-profile");
        _checkout.Environment["TOKEN"] = "from-outside";
        (await _checkout.RunAsync<Build>("Ship --profile prod")).Ran.ShouldBe("from-outside");
        Runs("Token").ShouldBe(1);
    }

    [Theory]
    [InlineData("a value\n", "a value")]
    [InlineData("a value\r\n", "a value")]
    [InlineData("a value\n\n", "a value\n")]
    [InlineData("  a value", "  a value")]
    public async Task One_line_end_behind_it_is_dropped(string printed, string value)
    {
        Names("Token", "printf", "%s", printed);

        (await _checkout.RunAsync<Build>("Ship --profile prod")).Ran.ShouldBe(value);
    }

    [Fact]
    public async Task It_is_started_without_a_shell_in_the_checkout_whose_paths_it_may_have()
    {
        _checkout.Write("tools/show", "#!/bin/sh\nprintf '%s in %s' \"$1\" \"$(pwd)\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                Path.Combine(_checkout.Root, "tools/show"),
                UnixFileMode.UserRead | UnixFileMode.UserExecute
            );
        }

        Names("Token", "tools/show", "$HOME `id`");

        var answer = await _checkout.RunAsync<Build>("Ship --profile prod");

        answer.Ran.ShouldBe($"$HOME `id` in {_checkout.Root}");
    }

    [Fact]
    public async Task A_command_that_fails_ends_the_run_with_its_last_word_and_without_the_secret()
    {
        Names("Token", "sh", "-c", $"echo {Value}; echo no key >&2; echo bad {Value} >&2; exit 3");

        await RefusedAsync(
            "Ship",
            $"The secret Token cannot be read: `sh -c 'echo ***; echo no key >&2; echo bad *** >&2; exit 3'`, from .nuke/parameters.prod.json, ended with exit code 3 (bad ***): run it by hand, or set TOKEN or TOKEN_FILE."
        );
    }

    [Fact]
    public async Task A_command_that_fails_in_silence_ends_the_run_too()
    {
        Names("Token", "false");

        await RefusedAsync(
            "Ship",
            "The secret Token cannot be read: `false`, from .nuke/parameters.prod.json, ended with exit code 1: run it by hand, or set TOKEN or TOKEN_FILE."
        );
    }

    [Theory]
    [InlineData("true")]
    [InlineData("echo")]
    public async Task A_command_that_prints_nothing_ends_the_run(string program)
    {
        Names("Token", program);

        await RefusedAsync(
            "Ship",
            $"The secret Token cannot be read: `{program}`, from .nuke/parameters.prod.json, printed nothing: run it by hand, or set TOKEN or TOKEN_FILE."
        );
    }

    [Fact]
    public async Task Each_item_of_a_list_is_hidden()
    {
        Names("Keys", "echo", "alphasecret, betasecret");

        var answer = await _checkout.RunAsync<Build>("List --profile prod");

        answer.Ran.ShouldBe("alphasecret betasecret");
        answer.Output.ShouldContain("keys *** and ***");
        answer.Output.ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_command_that_prints_more_than_64_KiB_ends_the_run_and_nothing_of_it_is_shown()
    {
        Names(
            "Token",
            "sh",
            "-c",
            "head -c 300000 /dev/zero | base64 >&2; head -c 300000 /dev/zero | base64; exit 3"
        );

        await RefusedAsync(
            "Ship",
            "The secret Token cannot be read: `sh -c 'head -c 300000 /dev/zero | base64 >&2; head -c 300000 /dev/zero | base64; exit 3'`, from .nuke/parameters.prod.json, printed more than 64 KiB: let it print the secret alone."
        );
    }

    [Fact]
    public async Task A_command_that_prints_without_end_is_ended()
    {
        Names("Token", "yes", "verysecret");

        await RefusedAsync(
            "Ship",
            "The secret Token cannot be read: `yes verysecret`, from .nuke/parameters.prod.json, printed more than 64 KiB: let it print the secret alone."
        );
    }

    [Fact]
    public async Task A_command_that_says_much_on_its_error_output_gives_its_secret_all_the_same()
    {
        Names("Token", "sh", "-c", "head -c 300000 /dev/zero | base64 >&2; echo gammasecret");

        var answer = await _checkout.RunAsync<Build>("Ship --profile prod");

        answer.Ran.ShouldBe("gammasecret");
    }

    [Fact]
    public async Task A_program_that_is_not_there_ends_the_run()
    {
        Names("Token", "sops-none", "-d");

        await RefusedAsync(
            "Ship",
            "The secret Token cannot be read as .nuke/parameters.prod.json says: there is no program 'sops-none' on PATH: install it, or say where it is."
        );
    }

    [Fact]
    public async Task What_does_not_convert_ends_the_run_and_is_not_shown()
    {
        Names("Pin", "echo", Value);

        await RefusedAsync(
            "Ship",
            "The secret Pin is not a whole number from -2147483648 to 2147483647. From `echo ***` in .nuke/parameters.prod.json."
        );
    }

    [Fact]
    public async Task A_property_that_is_read_while_a_target_runs_fails_it_with_the_same_sentence()
    {
        Names("Asked", "false");

        var answer = await _checkout.RunAsync<Build>("Ask --profile prod");

        answer.Code.ShouldBe(2);
        answer.Output.ShouldContain("The secret Asked cannot be read: `false`");
        answer.Ran.ShouldBe("");
    }

    [Fact]
    public async Task Ctrl_C_ends_a_command_that_waits()
    {
        Names("Token", "sh", "-c", "echo > waits; exec sleep 300");
        using var watcher = new FileSystemWatcher(_checkout.Root, "waits");
        watcher.Created += (_, _) => _checkout.Interruption.Request(Outcome.Interrupted);
        watcher.EnableRaisingEvents = true;

        var answer = await _checkout.RunAsync<Build>("Ship --profile prod");

        answer.Code.ShouldBe(130);
        answer.Ran.ShouldBe("");
    }

    [Theory]
    [InlineData(
        """{ "Plain": { "command": ["echo", "x"] } }""",
        "Plain is no secret, and only a secret's value may come from a command: write the value there."
    )]
    [InlineData(
        """{ "Verbosity": { "command": ["echo", "quiet"] } }""",
        "Verbosity is no secret, and only a secret's value may come from a command: write the value there."
    )]
    [InlineData(
        """{ "Token": { "command": [] } }""",
        """a command is a program with its arguments: { "command": ["pass", "show", "token"] }."""
    )]
    [InlineData(
        """{ "Token": { "command": ["", "x"] } }""",
        """a command is a program with its arguments: { "command": ["pass", "show", "token"] }."""
    )]
    [InlineData(
        """{ "Token": { "command": ["echo", "x"], "shell": "bash" } }""",
        """a command is a program with its arguments: { "command": ["pass", "show", "token"] }."""
    )]
    [InlineData(
        """{ "Token": { "command": "echo x" } }""",
        "Token is a secret, which no file in the checkout may hold: set TOKEN or TOKEN_FILE, or name a command that prints it."
    )]
    [InlineData(
        """{ "Token": { "command": ["echo", ["x"]] } }""",
        "no parameter takes lists or objects within others."
    )]
    public async Task What_is_no_secrets_command_is_refused(string file, string sentence)
    {
        _checkout.Write(".nuke/parameters.prod.json", file);

        await RefusedAsync("Other", $".nuke/parameters.prod.json, line 1, column 3: {sentence}");
    }

    private async Task RefusedAsync(string target, string sentence)
    {
        var answer = await _checkout.RunAsync<Build>($"{target} --profile prod");

        answer.Code.ShouldBe(2);
        answer.Ran.ShouldBe("");
        answer
            .Output.ReplaceLineEndings(" ")
            .Replace("  ", " ", StringComparison.Ordinal)
            .Trim()
            .ShouldBe(sentence);
    }

    /// <summary>A command that prints a text, and counts how often it ran.</summary>
    private void Prints(string name, string value) =>
        Names(name, "sh", "-c", $"echo >> ran-{name}; echo \"$0\"", value);

    private int Runs(string name)
    {
        var file = Path.Combine(_checkout.Root, $"ran-{name}");
        return File.Exists(file) ? File.ReadAllLines(file).Length : 0;
    }

    private readonly Dictionary<string, object> _named = new(StringComparer.Ordinal);

    private void Names(string name, params string[] command)
    {
        _named[name] = new { command };
        _checkout.Write(".nuke/parameters.prod.json", JsonSerializer.Serialize(_named));
    }

    private static string Command(string name, params string[] command) =>
        JsonSerializer.Serialize(new Dictionary<string, object> { [name] = new { command } });

    public class Build : TestBuild
    {
        [Parameter, Secret]
        readonly string Token = null!;

        [Parameter, Secret]
        string? Unclaimed { get; set; }

        [Parameter]
        Secret? Asked => TryGetValue<Secret>(() => Asked);

        [Parameter, Secret]
        readonly int? Pin = null;

        [Parameter, Secret]
        readonly string[]? Keys = null;

        [Parameter]
        readonly string? Plain = null;

        Target Ship =>
            _ =>
                _.Requires(() => Token != null)
                    .Executes(() =>
                    {
                        Console.WriteLine($"ship {Token} {Plain}{Pin}");
                        Ran(Token);
                    });
        Target Again => _ => _.Requires(() => Token).After(Ship).Executes(() => Ran(Token));
        Target Ask => _ => _.Executes(() => Ran(Asked!.Reveal()));
        Target AskToo => _ => _.After(Ask).Executes(() => Ran(Asked!.Reveal()));
        Target Read =>
            _ => _.OnlyWhenStatic(() => Unclaimed != null).Executes(() => Ran(Unclaimed!));
        Target List =>
            _ =>
                _.Requires(() => Keys != null)
                    .Executes(() =>
                    {
                        Console.WriteLine($"keys {string.Join(" and ", Keys!)}");
                        Ran(string.Join(' ', Keys!));
                    });
        Target Other => _ => _.Executes(() => Console.WriteLine("other"));
    }
}
