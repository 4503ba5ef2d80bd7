using System.Globalization;

namespace TheaIA.Components.Tests.Loop;

/// <summary>What is wrong with a command line, a file or the state: what is refused, and what goes on all the same.</summary>
[Collection(nameof(Checkout))]
public sealed class BrokenAndRefusedTests : IAsyncDisposable
{
    private readonly Checkout _here = new();

    public BrokenAndRefusedTests()
    {
        _here.Write("README.md", "x\n");
        _here.Commit("readme");
    }

    public ValueTask DisposeAsync() => _here.DisposeAsync();

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
        "--release is for Deploy, Gates, Unhold and Evidence, none of which runs here. ./build.sh Rollback --to x",
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
    [InlineData(
        2,
        "--release is for Deploy, Gates, Unhold and Evidence",
        "Status",
        "--release",
        "x"
    )]
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
        "Signing needs a registry, and only this machine's store is here: --registry HOST/REPOSITORY, or run without --cosign-key. From the command line.",
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
    [InlineData(0, "Release: HEAD has no release yet", "Deploy", "--dry-run")]
    [InlineData(0, "what that run made instead of nothing", "Deploy", "--dry-run")]
    public async Task Where_nothing_ran_the_next_command_is_said(
        int code,
        string sentence,
        params string[] arguments
    ) => (await _here.RunAsync(arguments)).ShouldEndWith(code).ShouldSay(sentence);

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
        ".nuke/policy/development.json needs \"wanted\" (a list of gates) and \"forgiving\" (true or false); "
    )]
    [InlineData("{", ".nuke/policy/development.json, line 1, column 2: this is not JSON.")]
    [InlineData(
        "{}",
        ".nuke/policy/development.json needs \"wanted\" (a list of gates) and \"forgiving\" (true or false); "
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
        File.Delete(_here.Ledger);
        (await _here.RunAsync("Status")).ShouldEndWith(1).ShouldSay("it was cut short");
        File.Delete(Path.Combine(_here.Root, "../state/places/tiny/development/ledger-head"));
        (await _here.RunAsync("Status"))
            .ShouldEndWith(1)
            .ShouldSay("but its ledger is missing or empty. Put a copy of");
        (await _here.RunAsync("Gates"))
            .ShouldEndWith(1)
            .ShouldSay("but its ledger is missing or empty. Put a copy of")
            .ShouldSay("Whatever the gates say, Deploy stops there.");
    }

    [Fact]
    public async Task The_port_of_another_environment_is_refused()
    {
        var port = LoopBuild.RehearsalPort.ToString(CultureInfo.InvariantCulture);
        var sentence =
            $"Port {port} is that of rehearsal, whose policy would be gone round: give --port another number.";
        (await _here.RunAsync("Deploy", "--port", port)).ShouldEndWith(2).ShouldSay(sentence);
        (await _here.RunAsync("Deploy", "--environment", $"development-{port}"))
            .ShouldEndWith(2)
            .ShouldSay(sentence);
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
}
