using System.Diagnostics;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.IO;

public sealed class EngineRunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SecretMask _mask = new();
    private readonly List<string> _lines = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_gives_the_exit_code_both_outputs_and_each_line()
    {
        var result = await Run(Sh("echo one; echo two >&2; printf 'three\\r\\nfour'; exit 3"));

        result.ShouldBe(new CommandResult(3, "one\nthree\r\nfour", "two\n"));
        _lines.Order(StringComparer.Ordinal).ShouldBe(["four", "one", "three", "two"]);
    }

    [Fact]
    public async Task It_runs_in_the_root_or_where_the_command_says()
    {
        _folder.Write("below/x", "");

        (await Run(Sh("pwd -P"))).Output.ShouldBe($"{_folder.Path}\n");
        var below = (_folder.Path / "below").ToString();
        (await Run(Sh("pwd -P") with { WorkingDirectory = below })).Output.ShouldBe($"{below}\n");
    }

    [Fact]
    public async Task It_adds_and_removes_variables_and_gives_input()
    {
        Environment.SetEnvironmentVariable("THEAIA_TEST_GONE", "x");
        var command = Sh("cat; echo \"$ADDED-${THEAIA_TEST_GONE-gone}\"") with
        {
            Input = "in ",
            Environment = new Dictionary<string, string?>
            {
                ["ADDED"] = "a",
                ["THEAIA_TEST_GONE"] = null,
            },
        };

        (await Run(command)).Output.ShouldBe("in a-gone\n");
        (await Run(Sh("cat"))).Output.ShouldBe("");
    }

    [Fact]
    public async Task Arguments_are_never_split_or_joined()
    {
        var result = await Run(new Command("printf", "[%s]", "a b", "", "$HOME", "'\"\\"));

        result.Output.ShouldBe("[a b][][$HOME]['\"\\]");
    }

    [Fact]
    public async Task Secrets_are_masked_in_outputs_and_lines()
    {
        _mask.Add("hunter2-and-more");

        var result = await Run(
            Sh(
                "printf 'a hunter2-'; sleep 0.2; echo and-more b; printf hunter2-and-more | base64 >&2"
            )
        );

        result.ShouldBe(new CommandResult(0, "a *** b\n", "***\n"));
        _lines.ShouldBe(["a *** b", "***"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_an_error()
    {
        var error = await Should.ThrowAsync<OutcomeException>(() =>
            Run(new Command("cosign-none", "x"))
        );

        error.Message.ShouldBe(
            "There is no program 'cosign-none' on PATH: install it, or say where it is."
        );
        error.Outcome.ShouldBe(Outcome.Wrong);
        (
            await Should.ThrowAsync<OutcomeException>(() => Run(new Command("/none/x")))
        ).Message.ShouldBe("There is no program '/none/x': install it, or say where it is.");
    }

    [Fact]
    public async Task A_program_in_the_working_directory_is_not_taken_for_one_on_PATH()
    {
        _folder.WriteProgram("theaia-here", "#!/bin/sh\necho here");
        var path = new Dictionary<string, string?> { ["PATH"] = _folder.Path.ToString() };

        await Should.ThrowAsync<OutcomeException>(() => Run(new Command("theaia-here")));
        (await Run(new Command("theaia-here") { Environment = path })).Output.ShouldBe("here\n");
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_an_error() =>
        (
            await Should.ThrowAsync<OutcomeException>(() =>
                Run(Sh("true") with { WorkingDirectory = "/none/there" })
            )
        ).Message.ShouldEndWith(
            "There is no folder '/none/there' to run 'sh' in: make it, or name another."
        );

    [Fact]
    public async Task A_file_that_cannot_be_run_is_an_error()
    {
        var file = _folder.Write("data", "x").ToString();

        (await Should.ThrowAsync<OutcomeException>(() => Run(new Command(file)))).Message.ShouldBe(
            $"The program '{file}' cannot be started: make it executable, or name another."
        );
    }

    [Fact]
    public async Task Cancellation_lets_a_program_end_by_itself()
    {
        await CancelledWhenReady(
            "trap 'echo bye > left; exit 0' TERM; echo ready; while :; do sleep 0.05; done"
        );

        (_folder.Path / "left").ReadAllText().ShouldBe("bye\n");
    }

    [Fact]
    public async Task Cancellation_ends_the_whole_tree_even_what_has_no_parent_and_ignores_SIGTERM()
    {
        var clock = Stopwatch.StartNew();

        await CancelledWhenReady(
            """
            trap '' TERM
            (sh -c 'trap "" TERM; echo $$ > orphan; while :; do sleep 0.1; done' &)
            while [ ! -s orphan ]; do sleep 0.02; done
            echo ready
            sh -c 'trap "" TERM; echo $$ > child; while :; do sleep 0.1; done'
            """
        );

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        foreach (
            var name in new[] { "orphan", "child" }.Where(n => (_folder.Path / n).FileExists())
        )
        {
            IsAlive(name).ShouldBeFalse();
        }

        (_folder.Path / "orphan").FileExists().ShouldBeTrue();
    }

    [Fact]
    public async Task What_a_program_leaves_behind_with_its_output_ends_with_it()
    {
        var clock = Stopwatch.StartNew();

        var result = await Run(Sh("echo done; sleep 300 & echo $! > left; exit 4"));

        result.ShouldBe(new CommandResult(4, "done\n", ""));
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        IsAlive("left").ShouldBeFalse();
    }

    [Theory]
    [InlineData("echo ready; exec env -i sleep 300", true)]
    [InlineData("echo done; env -i sleep 6 & exit 4", false)]
    public async Task What_hides_by_clearing_its_environment_holds_nothing_up(
        string script,
        bool cancelled
    )
    {
        var clock = Stopwatch.StartNew();

        if (cancelled)
        {
            await CancelledWhenReady(script);
        }
        else
        {
            (await Run(Sh(script))).ShouldBe(new CommandResult(4, "done\n", ""));
        }

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_listener_that_fails_stops_nothing_but_is_told()
    {
        var error = await Should.ThrowAsync<InvalidDataException>(() =>
            Runner()
                .RunAsync(
                    Sh("head -c 1000000 /dev/zero | tr '\\0' '\\n'; echo x > ended"),
                    _ => throw new InvalidDataException("full"),
                    TestContext.Current.CancellationToken
                )
        );

        error.Message.ShouldBe("full");
        (_folder.Path / "ended").FileExists().ShouldBeTrue();
    }

    [Fact]
    public async Task A_slow_listener_hears_all()
    {
        var result = await Runner()
            .RunAsync(
                Sh("seq 1 100"),
                line =>
                {
                    SpinWait.SpinUntil(() => false, line == "1" ? 2500 : 0);
                    _lines.Add(line);
                },
                TestContext.Current.CancellationToken
            );

        _lines.Count.ShouldBe(100);
        result.Output.ShouldEndWith("\n100\n");
    }

    [Fact]
    public async Task Nobody_has_to_listen() =>
        (
            await Runner().RunAsync(Sh("echo x"), cancel: TestContext.Current.CancellationToken)
        ).ShouldBe(new CommandResult(0, "x\n", ""));

    [Fact]
    public async Task Nothing_starts_when_the_run_is_cancelled_already()
    {
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() =>
            Runner().RunAsync(Sh("echo x > started"), cancel: cancel.Token)
        );
        (_folder.Path / "started").Exists().ShouldBeFalse();
    }

    private static Command Sh(string script) => new("sh", "-c", script);

    private EngineRunner Runner() => new(_mask, _folder.Path, TimeSpan.FromSeconds(0.7));

    private Task<CommandResult> Run(Command command) => Runner().RunAsync(command, _lines.Add);

    /// <summary>A process that has ended may stay in the table when nobody asks for its exit code.</summary>
    private bool IsAlive(string pidFile)
    {
        var stat = $"/proc/{(_folder.Path / pidFile).ReadAllText().Trim()}/stat";
        return File.Exists(stat) && File.ReadAllText(stat).Split(") ")[1][0] != 'Z';
    }

    private async Task CancelledWhenReady(string script)
    {
        using var cancel = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(async () =>
            await Runner().RunAsync(Sh(script), line => cancel.CancelAfter(50), cancel.Token)
        );
    }
}
