using System.Globalization;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Execution;

/// <summary>What a build's code can ask: root, parameters, partition, start, progress, runner, console.</summary>
public sealed class ContextTests
{
    [Fact]
    public async Task The_root_is_the_folder_above_with_nuke()
    {
        using var checkout = new Checkout();
        checkout.Write("build/a.csproj", "");
        Directory.CreateDirectory(Path.Combine(checkout.Root, "src/deep"));
        using var below = new Checkout
        {
            CurrentDirectory = Path.Combine(checkout.Root, "src/deep"),
        };
        var answer = await below.RunAsync<Build>("Where");
        var root = checkout.Root;
        answer.Ran.ShouldBe(
            $"{root} {root}/.nuke/temp {root}/build/a.csproj Normal Plain True False"
        );
        Directory.Exists($"{root}/.nuke/temp").ShouldBeTrue();
    }

    [Fact]
    public async Task Root_names_another_one()
    {
        using var checkout = new Checkout { CurrentDirectory = Path.GetTempPath() };
        var answer = await checkout.RunAsync<Build>($"Where --root {checkout.Root}");
        answer.Ran.ShouldStartWith($"{checkout.Root} {checkout.Root}/.nuke/temp  Normal");
        (await checkout.RunAsync<Build>("Where --root /nowhere")).Output.ShouldBe(
            "--root '/nowhere' is not a folder. From the command line.\n"
        );
    }

    [Fact]
    public async Task Outside_of_a_checkout_it_is_an_error()
    {
        using var checkout = new Checkout { CurrentDirectory = "/" };
        var answer = await checkout.RunAsync<Build>("Where");
        answer.Code.ShouldBe(2);
        answer.Output.ShouldBe(
            "There is no .nuke folder here or above: run this in a checkout, or name it with --root.\n"
        );
    }

    [Fact]
    public async Task Components_get_their_parameters()
    {
        using var checkout = new Checkout();
        (await checkout.RunAsync<Build>("Values")).Ran.ShouldBe("none 1");
        (await checkout.RunAsync<Build>("Values --flavour strong --count 3")).Ran.ShouldBe(
            "strong 3"
        );
        (await checkout.RunAsync<Build>("Odd")).Output.ShouldContain(
            "TryGetValue takes the parameter itself, as () => Name"
        );
    }

    [Theory]
    [InlineData("Split", "a b c d e 1/1")]
    [InlineData("Split --partition 1/2", "a c e 1/2")]
    [InlineData("Split --partition 2/2", "b d 2/2")]
    public async Task A_partition_is_every_nth(string commandLine, string expected)
    {
        using var checkout = new Checkout();
        (await checkout.RunAsync<Build>(commandLine)).Ran.ShouldBe(expected);
    }

    [Fact]
    public async Task A_partition_that_the_program_does_not_declare_is_refused()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Split --partition 1/3");
        answer.Code.ShouldBe(2);
        answer.Output.ShouldBe(
            "--partition 1/3 does not fit: the build program splits into 2 parts. From the command line.\n"
        );
    }

    [Fact]
    public async Task A_partition_of_what_is_never_split_is_refused()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Unsplit>("Whole --partition 1/2");
        answer.Code.ShouldBe(2);
        answer
            .Output.ReplaceLineEndings(" ")
            .ShouldBe(
                "--partition 1/2 is for targets that are split into parts, and none of these is: Whole. From the command line. "
            );
        answer.Ran.ShouldBe("");
        (await checkout.RunAsync<Unsplit>("Said --partition 1/2")).Ran.ShouldBe("said");
    }

    [Theory]
    // 14:02:00 less 30 s, as build.sh writes it
    [InlineData("1795528890.5", "29.5 s", "14:01:30")]
    [InlineData("", "0.0 s", "14:02:00")]
    [InlineData("soon", "0.0 s", "14:02:00")]
    // left in the environment since last week
    [InlineData("1794924090", "0.0 s", "14:02:00")]
    public async Task The_clock_starts_with_build_sh(string started, string took, string at)
    {
        using var checkout = new Checkout();
        checkout.Environment["NUKE_STARTED"] = started;
        var answer = await checkout.RunAsync<Build>("Started");
        answer.Ran.ShouldBe(at);
        answer.LastLine.ShouldBe($"Done in {(took == "29.5 s" ? "30 s" : took)}.");
    }

    [Fact]
    public async Task What_a_target_writes_is_shown_a_line_at_a_time_and_kept_in_its_log()
    {
        using var checkout = new Checkout();
        checkout.Environment["TOKEN"] = "s3cr+t";
        var answer = await checkout.RunAsync<Build>("Writes");
        answer.Output.ShouldBe(
            """
                    one line
                    *** in two writes
                    to the error stream
                    without an end
            ok    Writes         0.0 s

            Done in 0.0 s.

            """
        );
        checkout
            .Read(".nuke/temp/runs/20261124-140200-4711/Writes.log")
            .ShouldBe(
                "one line\n*** in two writes\nto the error stream\nonly in the log\nwithout an end\n"
            );
    }

    [Theory]
    [InlineData("Tells", 1)]
    [InlineData("Refused", 2)]
    public async Task No_way_to_the_screen_or_a_file_leads_past_the_mask(string target, int code)
    {
        using var checkout = new Checkout();
        checkout.Environment["TOKEN"] = "s3 cr+t";
        var answer = await checkout.RunAsync<Telling>(target);
        answer.Code.ShouldBe(code);
        answer.Output.ShouldContain("***");
        foreach (var file in Directory.GetFiles(checkout.Root, "*", SearchOption.AllDirectories))
        {
            if (!file.EndsWith("run.lock", StringComparison.Ordinal))
            {
                File.ReadAllText(file).ShouldNotContain("cr+t");
            }
        }

        answer.Output.ShouldNotContain("cr+t");
    }

    [Fact]
    public async Task What_code_says_after_its_target_ended_is_not_kept()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Keeps");
        var running = (RunningTarget)answer.Trace.Bag["progress"];
        running.Log("too late");
        checkout.Read(".nuke/temp/runs/20261124-140200-4711/Keeps.log").ShouldBe("in time\n");
        Console.Out.Encoding.ShouldBe(System.Text.Encoding.UTF8);
    }

    [Fact]
    public async Task Lines_of_targets_that_run_together_carry_their_names()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Left Right");
        answer.Output.ShouldContain("        Left: from the left\n");
        answer.Output.ShouldContain("        Right: from the right\n");
    }

    [Fact]
    public async Task A_program_that_a_target_starts_is_kept_in_its_log()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Programs");
        answer.Ran.ShouldBe("hello hello");
        answer.Output.ShouldBe("ok    Programs       0.0 s\n\nDone in 0.0 s.\n");
        checkout
            .Read(".nuke/temp/runs/20261124-140200-4711/Programs.log")
            .ShouldBe("> echo hello\nhello\n");
        (await checkout.RunAsync<Build>("Programs --verbosity verbose")).Output.ShouldStartWith(
            "        hello\n"
        );
    }

    [Fact]
    public async Task The_last_twenty_runs_are_kept()
    {
        using var checkout = new Checkout();
        for (var i = 10; i < 40; i++)
        {
            checkout.Write($".nuke/temp/runs/202611{i}-000000-999999999/x.log", "x");
        }

        await checkout.RunAsync<Build>("Writes");
        var kept = Directory.GetDirectories(Path.Combine(checkout.Root, ".nuke/temp/runs"));
        kept.Length.ShouldBe(20);
    }

    [Fact]
    public async Task Outside_of_a_target_progress_is_written_as_lines()
    {
        using var checkout = new Checkout();
        (await checkout.RunAsync<Outside>("None")).Code.ShouldBe(0);
        TargetContext.Name.ShouldBeNull();
        TargetContext.Log("dropped");
    }

    public interface IHaveFlavour : INukeBuild
    {
        [Parameter]
        string? Flavour => TryGetValue(() => Flavour);

        [Parameter]
        int Count => TryGetValue<int?>(() => Count!) ?? 1;

        Target Values => _ => _.Executes(() => Trace.Current.Add($"{Flavour ?? "none"} {Count}"));
        Target Where =>
            _ =>
                _.Executes(() =>
                    Trace.Current.Add(
                        $"{RootDirectory} {TemporaryDirectory} {BuildProjectFile} {Verbosity} {Host} {IsLocalBuild} {IsServerBuild}"
                    )
                );
    }

    public class Build : TestBuild, IHaveFlavour
    {
        [Parameter, Secret]
        readonly string? Token = null;

        [Partition(2)]
        readonly Partition Part = Partition.Single;

        Target Odd => _ => _.Executes(() => TryGetValue(() => "text"));
        Target Split =>
            _ =>
                _.Partition(2)
                    .Executes(() =>
                    {
                        foreach (var item in Part.GetCurrent("abcde"))
                        {
                            Ran($"{item}");
                        }

                        Ran(Part.ToString());
                    });
        Target Started =>
            _ =>
                _.Executes(() =>
                    Ran(TargetContext.RunStarted.ToString("HH:mm:ss", CultureInfo.InvariantCulture))
                );
        Target Writes =>
            _ =>
                _.Executes(() =>
                {
                    Console.WriteLine("one line");
                    Console.Write(Token![..3]);
                    Console.Write(Token[3..].ToCharArray());
                    Console.Write(' ');
                    Console.Write("in two writes\r");
                    Console.WriteLine();
                    Console.Error.WriteLine("to the error stream");
                    TargetContext.Log("only in the log");
                    Console.Write("without an end");
                });
        Target Keeps =>
            _ =>
                _.Executes(() =>
                {
                    Set("progress", Progress);
                    TargetContext.Log("in time");
                });
        Target Left => _ => _.Executes(() => TogetherAsync("from the left"));
        Target Right => _ => _.Executes(() => TogetherAsync("from the right"));
        Target Programs =>
            _ =>
                _.Executes(async () =>
                {
                    var lines = new List<string>();
                    var result = await TargetContext.Runner.RunAsync(
                        new Command("echo", "hello"),
                        lines.Add
                    );
                    Ran($"{result.Output.Trim()} {lines[0]}");
                });

        private int _here;

        private async Task TogetherAsync(string text)
        {
            Interlocked.Increment(ref _here);
            for (var i = 0; i < 200 && Volatile.Read(ref _here) < 2; i++)
            {
                await Task.Delay(10);
            }

            Console.WriteLine(text);
            await Task.Delay(50);
        }
    }

    public class Telling : TestBuild, IAnnounce
    {
        [Parameter, Secret]
        string Token { get; set; } = "";

        Target Tells =>
            _ =>
                _.Executes(() =>
                {
                    Progress.Doing(Token);
                    Progress.Figure(Token);
                    Progress.Say(Token);
                    Progress.Step(Token, TimeSpan.Zero, Token);
                    TargetContext.Log(Token);
                    Progress.Closing(Token);
                    throw new OutcomeException(
                        Outcome.Failed,
                        new string('x', 97) + " " + Token,
                        new InvalidOperationException(Token)
                    )
                    {
                        Details = [Token],
                        Closing = new string('x', 97) + " " + Token,
                    };
                });
        Target Refused =>
            _ =>
                _.Preflight(_ =>
                    throw new OutcomeException(Outcome.Wrong, new string('x', 97) + " " + Token)
                    {
                        Details = [Token],
                        Closing = Token,
                    }
                );

        public string? Announce(Announcement run) => Token;
    }

    public class Outside : TestBuild
    {
        Target None => _ => _.Executes(() => Ran("none"));

        protected internal override void OnBuildInitialized()
        {
            Progress.Doing("nothing to see");
            Progress.Say("said outside");
            Progress.Figure("a figure outside");
            Progress.Note("a note outside");
            Progress.Step("step", TimeSpan.FromSeconds(1), "outside");
            Progress.Closing("closing outside");
            Console.Write('x');
            Console.WriteLine();
            var echo = TargetContext.Runner.RunAsync(new Command("true")).GetAwaiter().GetResult();
            echo.ExitCode.ShouldBe(0);
        }
    }

    public class Unsplit : TestBuild
    {
        Target Whole => _ => _.Executes(() => Ran("whole"));

        // its work is split by whoever reads the part from the command line
        Target Said => _ => _.Partition(2).Executes(() => Ran("said"));
    }
}
