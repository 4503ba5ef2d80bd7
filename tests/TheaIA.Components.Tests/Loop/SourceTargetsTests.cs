namespace TheaIA.Components.Tests.Loop;

/// <summary>Restore to Coverage, on what the SDK says.</summary>
[Collection(nameof(Checkout))]
public sealed class SourceTargetsTests : IAsyncDisposable
{
    private readonly Checkout _here = new();

    public ValueTask DisposeAsync() => _here.DisposeAsync();

    [Fact]
    public async Task Coverage_runs_all_before_it_and_shows_a_figure_for_each()
    {
        var ran = (await _here.RunAsync("Coverage", "Lint")).ShouldEndWith(1);
        // the workflow is not generated yet, and Lint says so
        ran.ShouldSay(".github/workflows/thea_ci.yml is not there: ./build.sh GenerateWorkflows");
        (await _here.RunAsync("GenerateWorkflows")).ShouldEndWith(0).ShouldSay("written");
        (await _here.RunAsync("GenerateWorkflows"))
            .ShouldEndWith(0)
            .ShouldSay("is as it should be");
        ran = (await _here.RunAsync("Coverage", "Lint", "Compile", "Test")).ShouldEndWith(0);
        ran.ShouldSay("2 projects, 0 warnings");
        ran.ShouldSay("3 passed, 0 skipped");
        ran.ShouldSay("99.0 % of 100 lines [>= 98 %]");
        ran.ShouldSay("3 files, 0 findings");
        _here.Write(".github/workflows/thea_ci.yml", "by hand");
        (await _here.RunAsync("Lint"))
            .ShouldEndWith(1)
            .ShouldSay("is not what build/Build.cs says: ./build.sh GenerateWorkflows");
    }

    [Fact]
    public async Task A_second_Test_is_the_same_until_a_source_changes()
    {
        (await _here.RunAsync("Test")).ShouldEndWith(0);
        (await _here.RunAsync("Test")).ShouldEndWith(0).ShouldSay("unchanged since");
        _here.Write("src/TinyService/One.cs", "two\n");
        (await _here.RunAsync("Test")).ShouldEndWith(0);
        _here
            .Calls.Split('\n')
            .Count(c => c.StartsWith("test ", StringComparison.Ordinal))
            .ShouldBe(2);
    }

    [Fact]
    public async Task Another_configuration_than_Debug_or_Release_is_refused()
    {
        (await _here.RunAsync("Compile", "--configuration", "a;b"))
            .ShouldEndWith(2)
            .ShouldSay("--configuration 'a;b' is none: Debug or Release. From the command line.");
        _here.Variables["CONFIGURATION"] = "Foo";
        (await _here.RunAsync("Compile"))
            .ShouldEndWith(2)
            .ShouldSay("is none: Debug or Release. From the environment variable CONFIGURATION.");
        (await _here.RunAsync("Compile", "--configuration", "Release")).ShouldEndWith(0);
        _here.Calls.ShouldContain("-c Release");
    }

    [Fact]
    public async Task A_checkout_without_a_solution_is_told_so()
    {
        File.Delete(Path.Combine(_here.Root, "tiny.sln"));
        (await _here.RunAsync("Lint"))
            .ShouldEndWith(2)
            .ShouldSay($"There is no solution in {_here.Root}: it needs one *.sln");
        Directory.CreateDirectory(Path.Combine(_here.Root, "empty"));
        (await _here.RunAsync("Lint", "--root", "empty"))
            .ShouldEndWith(2)
            .ShouldSay("--root 'empty' is not a checkout: there is no .nuke folder in it.");
        Directory.GetFileSystemEntries(Path.Combine(_here.Root, "empty")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_compile_error_is_told_with_its_place()
    {
        _here.Knob("build.code", "1");
        _here.Knob(
            "build.out",
            $"{_here.Root}/src/TinyService/One.cs(4,5): error CS0103: The name 'x' does not exist [{_here.Root}/src/TinyService/TinyService.csproj]\n"
        );
        var ran = (await _here.RunAsync("Compile")).ShouldEndWith(1);
        ran.ShouldSay("1 error, the first in src/TinyService/One.cs:4:5");
        ran.ShouldSay("src/TinyService/One.cs(4,5): error CS0103: The name 'x' does not exist");
    }

    [Fact]
    public async Task A_compile_that_fails_without_an_error_shows_its_last_lines()
    {
        _here.Knob("build.code", "1");
        _here.Knob("build.out", "something else\n");
        (await _here.RunAsync("Compile")).ShouldEndWith(1).ShouldSay("something else");
    }

    [Fact]
    public async Task An_unformatted_file_is_named_and_fix_mends_first()
    {
        await _here.RunAsync("GenerateWorkflows");
        _here.Knob("csharpier.code", "1");
        _here.Knob(
            "csharpier.out",
            "Error ./src/TinyService/One.cs - Was not formatted.\nChecked 3 files in 10ms.\n"
        );
        (await _here.RunAsync("Lint"))
            .ShouldEndWith(1)
            .ShouldSay("src/TinyService/One.cs: not formatted; ./build.sh Lint --fix mends it");
        _here.Calls.ShouldNotContain("csharpier format");
        _here.Knob("csharpier.code", "0");
        _here.Knob("csharpier.out", "Checked 3 files in 10ms.\n");
        (await _here.RunAsync("Lint", "--fix")).ShouldEndWith(0);
        _here.Calls.ShouldContain("format analyzers");
        _here.Calls.ShouldContain("csharpier format");
    }

    [Fact]
    public async Task A_formatter_that_fails_otherwise_shows_what_it_said()
    {
        _here.Knob("csharpier.code", "5");
        _here.Knob("csharpier.out", "no such tool\n");
        (await _here.RunAsync("Lint")).ShouldEndWith(1).ShouldSay("no such tool");
    }

    [Fact]
    public async Task A_failing_test_is_named_and_nothing_after_it_starts()
    {
        _here.Knob("results.trx", Samples.Trx(passed: 2, failed: 1));
        _here.Knob("test.code", "1");
        var ran = (await _here.RunAsync("Deploy")).ShouldEndWith(1);
        ran.ShouldSay("1 failed, 2 passed, 0 skipped");
        ran.ShouldSay("Tiny.Fails0");
        ran.ShouldSay("not started: ");
    }

    [Fact]
    public async Task A_test_host_that_leaves_no_results_is_named_with_its_last_words()
    {
        _here.Knob("none.trx", "");
        _here.Knob("test.code", "1");
        _here.Knob("test.out", "the host could not start\n");
        var ran = (await _here.RunAsync("Test")).ShouldEndWith(1);
        ran.ShouldSay("Tiny.Tests gave no results:");
        ran.ShouldSay("the host could not start");
    }

    [Fact]
    public async Task No_test_at_all_is_no_success()
    {
        _here.Knob("results.trx", Samples.Trx(passed: 0));
        (await _here.RunAsync("Test"))
            .ShouldEndWith(1)
            .ShouldSay("No test was found: tests/*.Tests/*.csproj are looked at.");
        (await _here.RunAsync("Test", "--filter", "Name~x"))
            .ShouldEndWith(2)
            .ShouldSay("No test fits --filter 'Name~x'. From the command line.");
    }

    [Fact]
    public async Task Filtered_tests_are_noted_and_say_nothing_about_coverage()
    {
        (await _here.RunAsync("Test", "--filter", "Name~One"))
            .ShouldEndWith(0)
            .ShouldSay("filtered, so no evidence");
        _here.Calls.ShouldContain("--filter Name~One");
        (await _here.RunAsync("Coverage", "--filter", "Name~One"))
            .ShouldEndWith(2)
            .ShouldSay("Coverage of filtered tests says nothing: run it without --filter.");
    }

    [Fact]
    public async Task Too_little_coverage_says_no_with_the_worst_files()
    {
        (await _here.RunAsync("GenerateWorkflows")).ShouldEndWith(0);
        _here.Knob("coverage.xml", Samples.Cobertura(_here.Root, covered: 90));
        var ran = (await _here.RunAsync("Deploy")).ShouldEndWith(3);
        ran.ShouldSay("90.0 % of 100 lines [>= 98 %], 8 lines short");
        ran.ShouldSay("src/TinyService/One.cs");
        ran.ShouldSay("lines 91-100");
        ran.ShouldSay("report: artifacts/coverage/index.html");
        ran.ShouldSay("Nothing was deployed.");
    }

    [Fact]
    public async Task No_coverage_report_is_unknown_and_unknown_is_no_pass()
    {
        File.Delete(Path.Combine(_here.Root, "..", "knobs", "coverage.xml"));
        (await _here.RunAsync("Coverage")).ShouldEndWith(3).ShouldSay("no coverage report");
    }

    [Fact]
    public async Task SetupEnv_says_what_is_here_and_what_comes_next()
    {
        var ran = (await _here.RunAsync("SetupEnv")).ShouldEndWith(0);
        ran.ShouldSay("10.0.100");
        ran.ShouldSay("Ready. Next: ./build.sh Test, or ./build.sh Deploy.");
        _here.Calls.ShouldContain("tool restore");
    }

    [Fact]
    public async Task Serve_runs_the_service_from_its_sources()
    {
        (await _here.RunAsync("Serve", "--port", "8123")).ShouldEndWith(0).ShouldSay("watching");
        _here.Calls.ShouldContain("watch --project");
        _here.Calls.ShouldContain("http://localhost:8123");
        // what Restore and Compile left is not touched, so that they need not run again
        _here.Calls.ShouldContain($"--artifacts-path {_here.Root}/.nuke/temp/serve run");
    }

    [Fact]
    public async Task Clean_removes_what_was_made()
    {
        (await _here.RunAsync("Test")).ShouldEndWith(0);
        (await _here.RunAsync("Clean")).ShouldEndWith(0);
        Directory.Exists(Path.Combine(_here.Root, "artifacts")).ShouldBeFalse();
    }

    [Fact]
    public async Task Acceptance_runs_the_projects_of_its_own()
    {
        _here.Write("tests/Tiny.Build.Tests/Tiny.Build.Tests.csproj", "<Project />");
        (await _here.RunAsync("Acceptance")).ShouldEndWith(0).ShouldSay("3 passed");
        _here.Calls.ShouldContain("Tiny.Build.Tests.csproj");
        _here.Calls.ShouldNotContain("Tiny.Tests.csproj --no-build");
        (await _here.RunAsync("Noop")).ShouldEndWith(0);
    }
}
