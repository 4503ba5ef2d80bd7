using TheaIA.Build.Tests.Given;

namespace TheaIA.Build.Tests;

public sealed class The_ci_script_counts_what_ran : IDisposable
{
    private readonly Scratch _scratch = new();

    public The_ci_script_counts_what_ran()
    {
        Directory.CreateDirectory(_scratch.At(".ci"));
        File.Copy(Path.Combine(Scratch.RepositoryRoot, ".ci", "run"), _scratch.At(".ci/run"));
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
            "== ./build.sh Test",
            "== ./build.sh Coverage",
            "== ./build.sh Lint",
            "== ./build.sh Acceptance",
            "17 passed, 0 failed, 1 skipped",
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

    private Task<Ran> RunAsync() =>
        Running.ToEndAsync(
            Path.GetTempPath(),
            new Dictionary<string, string?>(StringComparer.Ordinal),
            _scratch.At(".ci/run")
        );
}
