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

        (await _here.RunAsync("Rollback")).ShouldEndWith(0).ShouldSay($"Rolled back to {one}");
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
        (await _here.RunAsync("Logs", "--environment", $"development-{port}"))
            .ShouldEndWith(0)
            .ShouldSay("listening");
        (await _here.RunAsync("Stop", "--port", port)).ShouldEndWith(0);
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

    [Theory]
    [InlineData(
        2,
        "There is no environment 'moon': development, rehearsal, staging are declared in build/Build.cs.",
        "Deploy",
        "--environment",
        "moon"
    )]
    [InlineData(
        2,
        "--port '0' is not a whole number from 1 to 65535. From the command line.",
        "Deploy",
        "--port",
        "0"
    )]
    [InlineData(2, "--port '99999' is not a whole number", "Status", "--port", "99999")]
    [InlineData(
        2,
        "no environment 'development-99999'",
        "Stop",
        "--environment",
        "development-99999"
    )]
    [InlineData(2, "--dry-run is for Deploy, which does not run here.", "Rollback", "--dry-run")]
    [InlineData(2, "--dry-run is for Deploy, which does not run here.", "Drill", "--dry-run")]
    [InlineData(
        2,
        "--release is for Deploy, Gates and Unhold, none of which runs here. ./build.sh Rollback --to x",
        "Rollback",
        "--release",
        "x"
    )]
    [InlineData(
        2,
        "--to is for Rollback, which does not run here. ./build.sh Deploy --release x",
        "Deploy",
        "--to",
        "x"
    )]
    [InlineData(2, "--release is for Deploy, Gates and Unhold", "Status", "--release", "x")]
    [InlineData(
        2,
        "--reason is for Unhold and for --override, and neither is here.",
        "Rollback",
        "--reason",
        "foo"
    )]
    [InlineData(2, "--deployment is for Recover, which", "Rollback", "--deployment", "x")]
    [InlineData(2, "--lines is for Logs, which does not run here.", "Status", "--lines", "3")]
    [InlineData(2, "--environment is for Deploy, Verify, Rollback", "Test", "--environment", "x")]
    [InlineData(2, "There is no environment 'moon'", "Status", "--environment", "moon")]
    [InlineData(
        2,
        "--lines '0' is not a whole number from 1 to 2147483647.",
        "Logs",
        "--lines",
        "0"
    )]
    [InlineData(0, "Nothing has run there yet, so there is no log.", "Logs")]
    [InlineData(
        2,
        "staging (https://staging.example.com) has no platform yet: development and rehearsal have one.",
        "Deploy",
        "--environment",
        "staging"
    )]
    [InlineData(2, "There is no release of ", "Deploy", "--environment", "rehearsal")]
    [InlineData(
        2,
        "There is no release 'sha256:0000000' of tiny in this machine's store",
        "Deploy",
        "--release",
        "sha256:0000000"
    )]
    [InlineData(
        2,
        "Sign needs a key: --cosign-key FILE or KMS URI (environment variable COSIGN_KEY).",
        "Sign"
    )]
    [InlineData(
        2,
        "Signing needs a registry, and only this machine's store is here: run without --cosign-key. From the command line.",
        "Sign",
        "--cosign-key",
        "k"
    )]
    [InlineData(2, "Unhold needs 2 parameters that are not set: Release", "Unhold")]
    [InlineData(2, "Unhold needs 1 parameter that is not set: Reason", "Unhold", "--release", "x")]
    [InlineData(
        0,
        "staging has no platform yet, so nothing is open there.",
        "Recover",
        "--environment",
        "staging"
    )]
    [InlineData(
        2,
        "No image was built in this checkout: ./build.sh DockerBuild makes one.",
        "Push",
        "--skip"
    )]
    [InlineData(0, "HEAD has no release yet", "Deploy", "--dry-run")]
    public async Task Bad_input_is_one_sentence_and_changes_nothing(
        int code,
        string sentence,
        params string[] arguments
    )
    {
        (await _here.RunAsync(arguments)).ShouldEndWith(code).ShouldSay(sentence);
        Directory
            .Exists(Path.Combine(_here.Root, "..", "state", "ledger"))
            .ShouldBeFalse("a ledger was begun");
    }

    [Theory]
    [InlineData(2, "There never was a deployment x in development", "Recover", "--deployment", "x")]
    [InlineData(3, "Nothing was verified. ./build.sh Deploy", "Verify")]
    [InlineData(0, "Nothing was open: nothing runs in development. ./build.sh Deploy", "Recover")]
    public async Task Where_nothing_ran_the_next_command_is_said(
        int code,
        string sentence,
        params string[] arguments
    ) => (await _here.RunAsync(arguments)).ShouldEndWith(code).ShouldSay(sentence);

    [Fact]
    public async Task What_was_skipped_or_filtered_is_no_claim()
    {
        (await _here.RunAsync("Deploy", "--skip", "Lint", "Test", "Coverage")).ShouldEndWith(0);
        var ledger = await File.ReadAllTextAsync(
            Path.Combine(_here.Root, "../state/ledger/tiny/development.jsonl"),
            TestContext.Current.CancellationToken
        );
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
    public async Task A_server_names_its_environment()
    {
        _here.Variables["CI"] = "true";
        (await _here.RunAsync("Deploy"))
            .ShouldEndWith(2)
            .ShouldSay(
                "On a CI server the environment must be named: --environment development or rehearsal or staging."
            );
        (await _here.RunAsync("Deploy", "--environment", "development"))
            .ShouldEndWith(2)
            .ShouldSay("Sign needs a key");
    }

    [Fact]
    public async Task A_stray_variable_deploys_nothing_elsewhere()
    {
        _here.Variables["ENVIRONMENT"] = "staging";
        (await _here.RunAsync("Deploy", "--dry-run")).ShouldEndWith(0).ShouldSay("-> development");
    }

    [Theory]
    [InlineData(
        "{\"wanted\":[null],\"forgiving\":true}",
        ".nuke/policy/development.json needs \"wanted\" (a list of gates) and \"forgiving\" (true or false)."
    )]
    [InlineData("{", ".nuke/policy/development.json, line 1, column 2: this is not JSON.")]
    [InlineData(
        "{}",
        ".nuke/policy/development.json needs \"wanted\" (a list of gates) and \"forgiving\" (true or false)."
    )]
    public async Task A_broken_policy_is_named(string policy, string sentence)
    {
        _here.Write(".nuke/policy/development.json", policy);
        foreach (var forward in (string[])["Deploy", "Gates", "Verify", "Drill"])
        {
            (await _here.RunAsync(forward)).ShouldEndWith(2).ShouldSay(sentence);
        }
    }

    [Fact]
    public async Task A_broken_policy_stops_neither_the_way_back_nor_a_look()
    {
        (await _here.RunAsync("GenerateWorkflows")).ShouldEndWith(0);
        var one = _here.Commit("workflow")[..7];
        (await _here.RunAsync("Deploy")).ShouldEndWith(0);
        _here.Write("src/TinyService/mode", "another\n");
        var two = _here.Commit("another")[..7];
        (await _here.RunAsync("Deploy")).ShouldEndWith(0);
        _here.Write(".nuke/policy/development.json", "{");
        _here.Write(".nuke/policy/rehearsal.json", "{");

        (await _here.RunAsync("Status")).ShouldEndWith(0).ShouldSay(two);
        (await _here.RunAsync("Logs")).ShouldEndWith(0);
        (await _here.RunAsync("Rollback")).ShouldEndWith(0).ShouldSay($"Rolled back to {one}");
        (await _here.RunAsync("Recover")).ShouldEndWith(0);
        (await _here.RunAsync("Unhold", "--release", two, "--reason", "seen")).ShouldEndWith(0);
        (await _here.RunAsync("Stop")).ShouldEndWith(0).ShouldSay($"{one} was stopped");
        (await _here.RunAsync("Stop", "--environment", "rehearsal")).ShouldEndWith(0);
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
        var made = Made().Match(await File.ReadAllTextAsync(Ledger, Cancel)).Groups[1].Value;
        double.Parse(made, CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    public async Task A_broken_head_is_said_by_Status_and_stops_no_Stop(string head)
    {
        (await _here.RunAsync("GenerateWorkflows")).ShouldEndWith(0);
        var one = _here.Commit("workflow")[..7];
        (await _here.RunAsync("Deploy")).ShouldEndWith(0);
        var kept = Path.Combine(_here.Root, "../state/places/tiny/development/ledger-head");
        var whole = await File.ReadAllTextAsync(kept, Cancel);
        await File.WriteAllTextAsync(kept, head, Cancel);

        (await _here.RunAsync("Status"))
            .ShouldEndWith(1)
            .ShouldSay(one)
            .ShouldSay("is not what was written there. Move it away, then ./build.sh Status.");
        (await _here.RunAsync("Rollback")).ShouldEndWith(1);
        // as it says: a whole ledger gets its head again
        File.Delete(kept);
        (await _here.RunAsync("Status")).ShouldEndWith(0);
        (await File.ReadAllTextAsync(kept, Cancel)).ShouldBe(whole);
        await File.WriteAllTextAsync(kept, head, Cancel);
        (await _here.RunAsync("Stop")).ShouldEndWith(0).ShouldSay($"{one} was stopped");
    }

    [Fact]
    public async Task A_ledger_that_is_gone_while_something_runs_is_not_green()
    {
        (await _here.RunAsync("GenerateWorkflows")).ShouldEndWith(0);
        _here.Commit("workflow");
        (await _here.RunAsync("Deploy")).ShouldEndWith(0);
        File.Delete(Ledger);
        (await _here.RunAsync("Status")).ShouldEndWith(1).ShouldSay("it was cut short");
        File.Delete(Path.Combine(_here.Root, "../state/places/tiny/development/ledger-head"));
        (await _here.RunAsync("Status"))
            .ShouldEndWith(1)
            .ShouldSay("but its ledger is missing or empty. Put a copy of");
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
            .ShouldSay("0 of 7 gates passed. Deploy would stop here: an unknown is not a pass.");
    }

    [Fact]
    public async Task A_value_out_of_the_environment_is_told_with_its_variable()
    {
        _here.Variables["COSIGN_KEY"] = "k";
        (await _here.RunAsync("Deploy"))
            .ShouldEndWith(2)
            .ShouldSay("run without --cosign-key. From the environment variable COSIGN_KEY.");
    }

    [Theory]
    [InlineData("Status")]
    [InlineData("Deploy")]
    public async Task A_state_that_can_be_nowhere_is_one_sentence(string target)
    {
        var state = System.Environment.GetEnvironmentVariable("THEAIA_STATE");
        System.Environment.SetEnvironmentVariable("THEAIA_STATE", "/proc/x");
        try
        {
            var ran = (await _here.RunAsync(target)).ShouldEndWith(2);
            ran.ShouldSay("There is no place for the ledger in /proc/x");
            ran.Output.ShouldNotContain("Exception");
        }
        finally
        {
            System.Environment.SetEnvironmentVariable("THEAIA_STATE", state);
        }
    }

    [Fact]
    public async Task A_broken_claim_is_named()
    {
        _here.Write("artifacts/image/release.json", "{}");
        (await _here.RunAsync("Push", "--skip"))
            .ShouldEndWith(2)
            .ShouldSay(
                "artifacts/image/release.json is broken: delete artifacts/image, and ./build.sh DockerBuild."
            );
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Ledger => Path.Combine(_here.Root, "../state/ledger/tiny/development.jsonl");

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
