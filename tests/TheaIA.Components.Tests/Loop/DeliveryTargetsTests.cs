using System.Globalization;
using System.Text.RegularExpressions;

namespace TheaIA.Components.Tests.Loop;

/// <summary>DockerBuild to Stop, with a real store, ledger, front and service.</summary>
[Collection(nameof(Checkout))]
public sealed partial class DeliveryTargetsTests : IAsyncDisposable
{
    private readonly Checkout _here = new();

    public DeliveryTargetsTests()
    {
        _here.Write("README.md", "x\n");
        _here.Commit("readme");
    }

    public ValueTask DisposeAsync() => _here.DisposeAsync();

    [Fact]
    public async Task A_release_is_deployed_taken_back_and_let_in_again()
    {
        (await _here.RunAsync("GenerateWorkflows")).ShouldEndWith(0);
        var one = _here.Commit("workflow")[..7];
        var first = (await _here.RunAsync("Deploy")).ShouldEndWith(0);
        first.ShouldSay($"tiny {one} (main, clean) -> development");
        first.ShouldSay("reproducible; no base: this machine only");
        first.ShouldSay("not signed");
        first.ShouldSay($"Deployed {one} to development in");
        first.ShouldSay("[7 min].");
        first.Output.ShouldContain("[7 min]. The next one's undo: ./build.sh Rollback\n");
        (await AskAsync("/version")).ShouldContain(Digest(first));

        var again = (await _here.RunAsync("Deploy")).ShouldEndWith(0);
        again.ShouldSay("unchanged since");
        again.ShouldSay("were there");
        again.ShouldSay("verified again");

        _here.Write("src/TinyService/mode", "another\n");
        var two = _here.Commit("another")[..7];
        (await _here.RunAsync("Deploy"))
            .ShouldEndWith(0)
            .ShouldSay($"Deployed {two}")
            .ShouldSay("[7 min]. Undo: ./build.sh Rollback");
        var status = (await _here.RunAsync("Status")).ShouldEndWith(0);
        status.ShouldSay(two);
        status.ShouldSay("staging: no platform yet.");

        // at night, with a slip of the pen in a file that going back does not need
        _here.Write(".nuke/parameters.json", "{ \"Verbosity\": ,\n");
        (await _here.RunAsync("Status")).ShouldEndWith(2).ShouldSay("line 1, column 16");
        (await _here.RunAsync("Rollback"))
            .ShouldEndWith(0)
            .ShouldSay("The way back goes on without it.")
            .ShouldSay($"Rolled back to {one}");
        (await _here.RunAsync("Recover")).ShouldEndWith(0);
        _here.Write(".nuke/parameters.json", "{}");
        (await AskAsync("/version")).ShouldContain(Digest(first));
        (await _here.RunAsync("Deploy")).ShouldEndWith(3).ShouldSay("Unhold");
        (await _here.RunAsync("Rollback")).ShouldEndWith(2).ShouldSay("nothing to go back to");
        (
            await _here.RunAsync("Unhold", "--release", two, "--reason", "looked at it")
        ).ShouldEndWith(0);
        (await _here.RunAsync("Deploy", "--release", two))
            .ShouldEndWith(0)
            .ShouldSay($"Deployed {two}");
        (await _here.RunAsync("Rollback", "--to", one)).ShouldEndWith(0);

        (await _here.RunAsync("Verify")).ShouldEndWith(0);
        (await _here.RunAsync("Recover")).ShouldEndWith(0);
        (await _here.RunAsync("Drill")).ShouldEndWith(0).ShouldSay("[90 s]");
        (await AskAsync("/version")).ShouldContain(Digest(first));
        (await _here.RunAsync("Logs", "--lines", "5")).ShouldEndWith(0).ShouldSay("listening");
        (await _here.RunAsync("Gates", "--release", one))
            .ShouldEndWith(0)
            .ShouldSay("gates passed");
        (await _here.RunAsync("Deploy", "--dry-run", "--release", one))
            .ShouldEndWith(0)
            .ShouldSay("runs already");

        (await _here.RunAsync("Deploy", "--environment", "rehearsal", "--release", one))
            .ShouldEndWith(3)
            .ShouldSay("nobody made this check");
        (await _here.RunAsync("Stop")).ShouldEndWith(0);
        (await _here.RunAsync("Rollback")).ShouldEndWith(5);
    }

    [Fact]
    public async Task A_release_that_ends_at_start_leaves_nothing_running_where_nothing_ran()
    {
        (await _here.RunAsync("GenerateWorkflows")).ShouldEndWith(0);
        _here.Write("src/TinyService/mode", "exit-3\n");
        _here.Commit("ends at start");
        var ran = (await _here.RunAsync("Deploy")).ShouldEndWith(4);
        ran.ShouldSay("exit code 3");
        ran.ShouldSay("connection refused");
    }

    [Fact]
    public async Task Another_port_is_another_place()
    {
        (await _here.RunAsync("GenerateWorkflows")).ShouldEndWith(0);
        _here.Commit("workflow");
        var port = TestPorts.Free().ToString(CultureInfo.InvariantCulture);
        (await _here.RunAsync("Deploy", "--port", port))
            .ShouldEndWith(0)
            .ShouldSay($"http://localhost:{port} answers");
        (await _here.RunAsync("Status", "--port", port))
            .ShouldEndWith(0)
            .ShouldSay($"development-{port}");
        (await _here.RunAsync("Status")).ShouldEndWith(0).ShouldSay($"development-{port}");
        (await _here.RunAsync("Logs", "--environment", $"development-{port}"))
            .ShouldEndWith(0)
            .ShouldSay("listening");
        (await _here.RunAsync("Stop", "--port", port)).ShouldEndWith(0);
        (await _here.RunAsync("Status")).Output.ShouldNotContain($"development-{port}");
    }

    [Fact]
    public async Task A_changed_tree_is_deployed_as_such_to_development_and_nowhere_else()
    {
        (await _here.RunAsync("GenerateWorkflows")).ShouldEndWith(0);
        _here.Commit("workflow");
        _here.Write("README.md", "changed\n");
        _here.Write("src/TinyService/One.cs", "two\n");
        (await _here.RunAsync("Deploy"))
            .ShouldEndWith(0)
            .ShouldSay("changes that are in no commit, so no commit finds it");
        foreach (var environment in (string[])["rehearsal", "staging"])
        {
            (await _here.RunAsync("Deploy", "--environment", environment))
                .ShouldEndWith(2)
                .ShouldSay("takes releases of committed sources only, and this tree has changes")
                .ShouldSay("README.md");
        }
        // HEAD has no release, so the one that runs is shown
        (await _here.RunAsync("Gates"))
            .ShouldEndWith(0)
            .ShouldSay("+changes sha256:");
        (await _here.RunAsync("Gates", "--environment", "rehearsal"))
            .ShouldEndWith(2)
            .ShouldSay("This tree has changes, so no release fits it");
        (await _here.RunAsync("Deploy", "--skip")).ShouldEndWith(2);
    }

    [Fact]
    public async Task What_was_skipped_or_filtered_is_no_claim()
    {
        (await _here.RunAsync("Deploy", "--skip", "Lint", "Test", "Coverage")).ShouldEndWith(0);
        var ledger = await File.ReadAllTextAsync(_here.Ledger, Cancel);
        foreach (var gate in (string[])["tests", "coverage", "lint"])
        {
            ledger.ShouldContain($"{{\"gate\":\"{gate}\",\"verdict\":\"unknown\"");
        }
        ledger.ShouldNotContain("\"pass\",\"source\":\"this run\"");
    }

    [Fact]
    public async Task A_policy_that_wants_nothing_wants_what_was_declared()
    {
        _here.Write(".nuke/policy/rehearsal.json", "{\"wanted\":[],\"forgiving\":true}");
        (await _here.RunAsync("GenerateWorkflows")).ShouldEndWith(0);
        var commit = _here.Commit("policy");
        (await _here.RunAsync("Release")).ShouldEndWith(0);
        (await _here.RunAsync("Deploy", "--environment", "rehearsal", "--release", commit))
            .ShouldEndWith(3)
            .ShouldSay("nobody made this check");
    }

    [Fact]
    public async Task A_store_that_lost_a_blob_is_mended_by_the_next_Deploy()
    {
        (await _here.RunAsync("GenerateWorkflows")).ShouldEndWith(0);
        _here.Commit("workflow");
        var ran = (await _here.RunAsync("Release")).ShouldEndWith(0);
        var blobs = Path.Combine(_here.Root, "../state/store/blobs/sha256");
        File.Delete(Directory.GetFiles(blobs, Digest(ran)[7..] + "*").Single());
        (await _here.RunAsync("Deploy")).ShouldEndWith(0).ShouldSay("Deployed");
    }

    [Fact]
    public async Task Gates_of_a_place_without_a_platform_are_those_of_its_policy()
    {
        (await _here.RunAsync("Release")).ShouldEndWith(1);
        (await _here.RunAsync("GenerateWorkflows")).ShouldEndWith(0);
        var one = _here.Commit("workflow")[..7];
        (await _here.RunAsync("Release")).ShouldEndWith(0);
        (await _here.RunAsync("Gates", "--environment", "staging"))
            .ShouldEndWith(0)
            .ShouldSay($"{one} sha256:")
            .ShouldSay("0 of 8 gates passed. Deploy would stop here: an unknown is not a pass.");
    }

    [Fact]
    public async Task A_release_that_is_there_is_deployed_although_the_sources_are_broken()
    {
        (await _here.RunAsync("GenerateWorkflows")).ShouldEndWith(0);
        var one = _here.Commit("workflow")[..7];
        (await _here.RunAsync("Release")).ShouldEndWith(0);
        _here.Knob("restore.code", "1");
        _here.Knob("build.code", "1");
        _here.Knob("calls", "");

        var ran = (await _here.RunAsync("Deploy", "--release", one)).ShouldEndWith(0);

        _here.Calls.ShouldBe("");
        ran.ShouldSay("skipped: only when this run makes a release");
        ran.Output.Split("skipped:").Length.ShouldBe(2, ran.Output);
        ran.ShouldSay($"Deployed {one}");
        // the time that it took to make travels with it
        var made = Made().Match(await File.ReadAllTextAsync(_here.Ledger, Cancel)).Groups[1].Value;
        double.Parse(made, CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [GeneratedRegex("\"made\":([0-9.]+)")]
    private static partial Regex Made();

    private static string Digest(Ran ran) => ShortDigest().Match(ran.Output).Value;

    private static async Task<string> AskAsync(string path)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(
            new Uri($"http://localhost:{LoopBuild.DevelopmentPort}{path}"),
            TestContext.Current.CancellationToken
        );
    }

    [GeneratedRegex("sha256:[0-9a-f]{12}")]
    private static partial Regex ShortDigest();
}

/// <summary>One at a time: the SDK's stand-in is found by this process's PATH.</summary>
[CollectionDefinition(nameof(Checkout), DisableParallelization = true)]
public sealed class CheckoutCollection;
