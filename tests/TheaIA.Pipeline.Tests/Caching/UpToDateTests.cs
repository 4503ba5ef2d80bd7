using System.Runtime.Versioning;

namespace TheaIA.Pipeline.Tests.Caching;

/// <summary>What makes a target up to date, and why it runs when it is not.</summary>
public sealed class UpToDateTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public UpToDateTests()
    {
        _checkout.Environment["NUKE_PROGRAM"] = "one";
        _checkout.Write("in/a", "1");
    }

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task Unchanged_only_effects_and_targets_without_inputs_run_again()
    {
        (await RunAsync()).Ran.ShouldBe("Make Slow Plain Ship");
        var again = await RunAsync();
        again.Ran.ShouldBe("Plain Ship");
        again.Output.ShouldBe(
            """
            same  Make, Slow    up to date: unchanged since 0 s ago
            ok    Plain          0.0 s
            ok    Ship           0.0 s

            Done in 0.0 s.

            """
        );
    }

    [Fact]
    public async Task One_that_was_named_has_its_own_line_with_the_figure_it_told()
    {
        await RunAsync("Counted");
        var again = await RunAsync("Counted");
        again.Output.ShouldBe(
            """
            same  Counted          -     98.7 % of 6 120 lines [>= 98 %]; up to date: unchanged since 0 s ago

            Done in 0.0 s.

            """
        );
    }

    [Fact]
    public async Task A_new_time_stamp_alone_changes_nothing()
    {
        await RunAsync();
        File.SetLastWriteTimeUtc(Path.Combine(_checkout.Root, "in/a"), DateTime.UnixEpoch);
        (await RunAsync()).Ran.ShouldBe("Plain Ship");
    }

    [Fact]
    public async Task A_changed_input_runs_what_rests_on_it_and_is_named()
    {
        await RunAsync();
        _checkout.Write("in/a", "2");
        var again = await RunAsync();
        again.Ran.ShouldBe("Make Slow Plain Ship");
        again.Output.ShouldStartWith(
            "ok    Make           0.0 s   changed: in/a\nok    Slow           0.0 s   changed: out.txt\n"
        );
    }

    [Theory]
    [InlineData("in/b", "in/b")]
    [InlineData("in/c/d", "in/c/d")]
    public async Task A_new_input_is_a_change(string path, string named)
    {
        await RunAsync();
        _checkout.Write(path, "x");
        (await RunAsync()).Output.ShouldContain($"changed: {named}\n");
    }

    [Fact]
    public async Task Several_changes_are_counted_and_what_is_gone_is_one()
    {
        _checkout.Write("in/b", "1");
        await RunAsync();
        File.Delete(Path.Combine(_checkout.Root, "in/b"));
        _checkout.Write("in/c", "1");
        (await RunAsync()).Output.ShouldContain("changed: in/c and 1 more\n");
    }

    [Fact]
    public async Task What_makes_the_same_content_again_runs_nothing_further()
    {
        await RunAsync();
        _checkout.Write("in/b", "not read");
        (await RunAsync()).Ran.ShouldBe("Make Plain Ship");
    }

    [Fact]
    public async Task A_missing_output_is_made_again()
    {
        await RunAsync();
        File.Delete(Path.Combine(_checkout.Root, "out.txt"));
        var again = await RunAsync();
        again.Ran.ShouldBe("Make Plain Ship");
        again.Output.ShouldContain("output missing: out.txt\n");
    }

    [Fact]
    public async Task One_of_several_outputs_missing_or_changed_is_named()
    {
        await RunAsync("Many");
        File.Delete(Path.Combine(_checkout.Root, "many/2"));
        (await RunAsync("Many")).Output.ShouldContain("output missing: many/2\n");
        _checkout.Write("many/1", "by hand");
        (await RunAsync("Many")).Output.ShouldContain("output changed: many/1\n");
    }

    [Fact]
    public async Task A_changed_key_and_a_changed_program_run_all()
    {
        await RunAsync("Make");
        var strong = await RunAsync("Make --flavour strong");
        strong.Output.ShouldContain("changed: input key 1\n");
        _checkout.Environment["NUKE_PROGRAM"] = "two";
        (await RunAsync("Make --flavour strong")).Output.ShouldContain(
            "changed: the build program\n"
        );
    }

    [Fact]
    public async Task A_key_with_a_name_is_called_by_it()
    {
        await RunAsync("Keyed");
        _checkout.Environment["TOOL"] = "2";
        (await RunAsync("Keyed")).Output.ShouldContain("changed: the tool's version\n");
        _checkout.Environment["OTHER"] = "2";
        (await RunAsync("Keyed")).Output.ShouldContain("changed: input key 3\n");
        (await RunAsync("Keyed")).Ran.ShouldBe("");
    }

    [Fact]
    public async Task Another_part_of_a_target_that_is_split_is_not_the_same()
    {
        (await RunAsync("Split --partition 1/2")).Ran.ShouldBe("split");
        (await RunAsync("Split --partition 1/2")).Ran.ShouldBe("");
        (await RunAsync("Split --partition 2/2")).Output.ShouldContain("changed: the part\n");
    }

    [Fact]
    public async Task An_edit_while_another_target_works_is_seen()
    {
        await RunAsync("Reads");
        var again = await RunAsync("Edits Reads");
        again.Ran.ShouldBe("edits reads");
        again.Output.ShouldContain("changed: in/a\n");
    }

    [Fact]
    public async Task A_failed_target_is_not_up_to_date()
    {
        (await RunAsync("Broken")).Code.ShouldBe(1);
        (await RunAsync("Broken")).Ran.ShouldBe("broken");
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_is_none()
    {
        await RunAsync("Make");
        _checkout.Write(".nuke/temp/fingerprints/Make.json", "{");
        (await RunAsync("Make")).Ran.ShouldBe("Make");
    }

    [Fact]
    public async Task A_record_that_cannot_be_written_is_said_and_the_work_stands()
    {
        _checkout.Write(".nuke/temp/fingerprints", "a file");
        var answer = await RunAsync("Make");
        answer.Code.ShouldBe(0);
        answer.Ran.ShouldBe("Make");
        answer.Output.ShouldContain(
            "What Make was made of cannot be kept, so that it will run again: "
        );
        (await RunAsync("Make")).Ran.ShouldBe("Make");
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_file_that_may_be_run_now_is_a_changed_input()
    {
        var path = Path.Combine(_checkout.Root, "in/a");
        await RunAsync("Make");
        Run(path, UnixFileMode.UserExecute);
        (await RunAsync("Make")).Output.ShouldContain("changed: in/a\n");
        (await RunAsync("Make")).Ran.ShouldBe("");
        Run(path, UnixFileMode.GroupExecute);
        (await RunAsync("Make")).Output.ShouldContain("changed: in/a\n");
        Run(path, UnixFileMode.None);
        (await RunAsync("Make")).Ran.ShouldBe("");

        static void Run(string file, UnixFileMode mode) =>
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | mode);
    }

    [Fact]
    public async Task The_record_holds_the_content_of_each_file_and_no_value_of_a_key()
    {
        await RunAsync("Make --flavour strong");
        var record = _checkout.Read(".nuke/temp/fingerprints/Make.json");
        record.ShouldContain($"\"in/a\": \"{ContentHash.OfBytes("1"u8)}\"");
        record.ShouldNotContain("strong");
        Directory
            .GetFiles(Path.Combine(_checkout.Root, ".nuke/temp/fingerprints"))
            .Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_gate_is_measured_before_the_question()
    {
        await RunAsync("Folder");
        (await RunAsync("Folder")).Ran.ShouldBe("");
        _checkout.Write(".git/x", "never an input");
        _checkout.Write("in/obj/x", "left out by a glob");
        (await RunAsync("Folder")).Ran.ShouldBe("");
    }

    [Fact]
    public void Without_a_word_from_build_sh_the_program_is_known_by_its_assemblies()
    {
        using var surroundings = new Surroundings
        {
            Arguments = [],
            Environment = new Dictionary<string, string>(StringComparer.Ordinal),
            Output = TextWriter.Null,
            Error = TextWriter.Null,
            CurrentDirectory = "/",
        };
        var hash = ProgramHash.Of(typeof(Build), surroundings);
        hash.Length.ShouldBe(ContentHash.Length);
        hash.ShouldBe(ProgramHash.Of(typeof(Build), surroundings));
        hash.ShouldNotBe(ProgramHash.Of(typeof(NukeBuild), surroundings));
    }

    private Task<Answer> RunAsync(string commandLine = "Ship") =>
        _checkout.RunAsync<Build>($"{commandLine} --sequential");

    public class Build : TestBuild
    {
        [Parameter]
        private readonly string _flavour = "plain";

        [Parameter("How it tastes")]
        string Flavour { get; set; } = "plain";

        Target Make =>
            _ =>
                _.Inputs("in/**")
                    .Outputs("out.txt")
                    .InputKeys(() => Flavour, () => _flavour, () => null)
                    .Executes(() =>
                    {
                        Ran(nameof(Make));
                        File.WriteAllText(
                            (RootDirectory / "out.txt").ToString(),
                            File.ReadAllText((RootDirectory / "in" / "a").ToString())
                        );
                    });
        Target Slow =>
            _ =>
                _.DependsOn(Make)
                    .Inputs("out.txt")
                    .Outputs("slow.txt")
                    .Executes(() =>
                    {
                        Ran(nameof(Slow));
                        File.WriteAllText((RootDirectory / "slow.txt").ToString(), "x");
                    });
        Target Plain => _ => _.After(Slow).Executes(() => Ran(nameof(Plain)));
        Target Ship =>
            _ =>
                _.DependsOn(Plain, Slow)
                    .Inputs("slow.txt")
                    .Effect()
                    .Executes(() => Ran(nameof(Ship)));
        Target Counted =>
            _ =>
                _.Inputs("in/**")
                    .Executes(() => Progress.Figure("98.7 % of 6 120 lines [>= 98 %]"));
        Target Many =>
            _ =>
                _.Inputs("in/a")
                    .Outputs("many/*")
                    .Executes(() =>
                    {
                        Directory.CreateDirectory((RootDirectory / "many").ToString());
                        File.WriteAllText((RootDirectory / "many" / "1").ToString(), "1");
                        File.WriteAllText((RootDirectory / "many" / "2").ToString(), "2");
                    });
        Target Broken =>
            _ =>
                _.Inputs("in/a")
                    .Executes(() =>
                    {
                        Ran("broken");
                        Throw("broken");
                    });

        [Parameter]
        string Tool { get; set; } = "1";

        [Parameter]
        string Other { get; set; } = "1";

        Target Keyed =>
            _ =>
                _.Inputs("in/**")
                    .InputKeys(() => "same")
                    .InputKey("the tool's version", () => Tool)
                    .InputKeys(() => Other)
                    .Executes(() => Ran("keyed"));
        Target Split => _ => _.Partition(2).Inputs("in/**").Executes(() => Ran("split"));
        Target First => _ => _.Inputs("in/**").Executes(() => Ran("first"));
        Target Edits =>
            _ =>
                _.DependsOn(First)
                    .Executes(() =>
                    {
                        Ran("edits");
                        (RootDirectory / "in" / "a").WriteAllText(Guid.NewGuid().ToString());
                    });
        Target Reads =>
            _ => _.DependsOn(First).After(Edits).Inputs("in/**").Executes(() => Ran("reads"));
        Target Folder => _ => _.Inputs("in", "!**/obj/**").Executes(() => Ran("folder"));
    }
}
