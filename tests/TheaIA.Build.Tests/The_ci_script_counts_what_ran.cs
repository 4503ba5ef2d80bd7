using TheaIA.Build.Tests.Given;

namespace TheaIA.Build.Tests;

public sealed class The_ci_script_counts_what_ran : IDisposable
{
    private const string Components =
        "== eng/components.sh docker docker-registry cosign cosign3 gitleaks oras awscli moto";
    private const string NotAll =
        "Not every component is here: tests skip those that are missing, with the reason.";

    private readonly Scratch _scratch = new();

    public The_ci_script_counts_what_ran()
    {
        Directory.CreateDirectory(_scratch.At(".ci"));
        File.Copy(Path.Combine(Scratch.RepositoryRoot, ".ci", "run"), _scratch.At(".ci/run"));
        _scratch.Program("eng/components.sh", "");
        // an engine answers
        _scratch.Program("bin/docker", "");
    }

    [Fact]
    public async Task It_calls_the_four_targets_and_ends_with_the_counts()
    {
        Answers(
            """
            Test) trx tests/A 10 9 9; trx tests/B 5 5 5 ;;
            Acceptance) trx acceptance/C 3 3 3 ;;
            """
        );

        var ran = (await RunAsync()).ShouldEndWith(0);

        ran.Lines.ShouldBe([
            Components,
            "== ./build.sh Test --real",
            "== ./build.sh Coverage --real",
            "== ./build.sh Lint",
            "== ./build.sh Acceptance --real",
            "17 passed, 0 failed, 1 skipped",
        ]);
    }

    [Fact]
    public async Task Without_every_component_tests_may_skip_and_that_is_said()
    {
        _scratch.Program("eng/components.sh", "echo \"brings $*\"; exit 1");
        Answers("Test) trx tests/A 10 9 9 ;;");

        var ran = (await RunAsync()).ShouldEndWith(0);

        ran.Lines.ShouldBe([
            Components,
            "brings docker docker-registry cosign cosign3 gitleaks oras awscli moto",
            NotAll,
            "== ./build.sh Test",
            "== ./build.sh Coverage",
            "== ./build.sh Lint",
            "== ./build.sh Acceptance",
            "9 passed, 0 failed, 1 skipped",
        ]);
    }

    [Fact]
    public async Task It_starts_an_engine_where_none_answers_and_ends_it()
    {
        Engine("echo $$ >\"$folder/answers\"; echo \"$folder\" >\"$0.was\"; sleep 600");
        Answers("Test) trx tests/A 1 1 1; docker version || exit 9 ;;");

        var ran = (await RunAsync()).ShouldEndWith(0);

        ran.Lines.ShouldContain("== ./build.sh Test --real");
        Directory.Exists(File.ReadAllText(_scratch.At("bin/dockerd.was")).Trim()).ShouldBeFalse();
        var found = await Running.ToEndAsync(
            _scratch.Folder,
            OnPath,
            "pgrep",
            "-f",
            _scratch.At("bin/dockerd")
        );
        found.ShouldEndWith(1);
    }

    [Fact]
    public async Task An_engine_that_does_not_start_is_said()
    {
        Engine("echo 'failed to start daemon: no iptables'; exit 1");
        Answers("Test) trx tests/A 1 1 1 ;;");

        var ran = (await RunAsync()).ShouldEndWith(0);

        ran.Lines[1..4]
            .ShouldBe([
                "The Docker engine did not start: failed to start daemon: no iptables",
                NotAll,
                "== ./build.sh Test",
            ]);
    }

    [Fact]
    public async Task A_target_that_fails_stops_no_other_and_is_remembered()
    {
        Answers(
            """
            Test) trx tests/A 10 10 8; exit 1 ;;
            Coverage) exit 3 ;;
            Acceptance) trx acceptance/C 3 3 3 ;;
            """
        );

        var ran = (await RunAsync()).ShouldEndWith(1);

        ran.Lines[^2].ShouldBe("failed: Test (exit 1) Coverage (exit 3)");
        ran.Lines[^1].ShouldBe("11 passed, 2 failed, 0 skipped");
    }

    [Fact]
    public async Task A_failed_test_that_its_target_did_not_notice_fails_all()
    {
        Answers("Test) trx tests/A 2 2 1 ;;");

        (await RunAsync()).ShouldEndWith(1).Lines[^1].ShouldBe("1 passed, 1 failed, 0 skipped");
    }

    [Fact]
    public async Task No_tests_are_a_failure_and_old_results_are_none()
    {
        Directory.CreateDirectory(_scratch.At("artifacts/tests/A"));
        File.WriteAllText(
            _scratch.At("artifacts/tests/A/A.trx"),
            """<Counters total="1" executed="1" passed="1" />"""
        );
        Answers("Nothing) ;;");

        var ran = (await RunAsync()).ShouldEndWith(1);

        ran.Lines[^2].ShouldBe("no test left a result under artifacts/");
        ran.Lines[^1].ShouldBe("0 passed, 0 failed, 0 skipped");
    }

    public void Dispose() => _scratch.Dispose();

    private void Answers(string cases) =>
        _scratch.Program(
            "build.sh",
            $$"""
            trx() {
              mkdir -p "artifacts/$1"
              printf '<TestRun><ResultSummary outcome="Completed"><Counters total="%s" executed="%s" passed="%s" failed="0" /></ResultSummary></TestRun>\n' "$2" "$3" "$4" >"artifacts/$1/results.trx"
            }
            case $1 in
            {{cases}}
            esac
            """
        );

    // one that a client finds by DOCKER_HOST, once there is a file `answers` beside that socket
    private void Engine(string text)
    {
        _scratch.Program(
            "bin/docker",
            "socket=${DOCKER_HOST:-unix:///nowhere/docker.sock}; socket=${socket#unix://}; [ -e \"${socket%/*}/answers\" ]"
        );
        _scratch.Program("bin/unshare", "shift 3; exec \"$@\"");
        _scratch.Program(
            "bin/dockerd",
            "folder=${DOCKER_HOST#unix://}; folder=${folder%/*}\n" + text
        );
    }

    private Dictionary<string, string?> OnPath =>
        new(StringComparer.Ordinal)
        {
            ["PATH"] = $"{_scratch.At("bin")}:{Environment.GetEnvironmentVariable("PATH")}",
            ["DOCKER_HOST"] = null,
        };

    private Task<Ran> RunAsync() =>
        Running.ToEndAsync(Path.GetTempPath(), OnPath, _scratch.At(".ci/run"));
}
