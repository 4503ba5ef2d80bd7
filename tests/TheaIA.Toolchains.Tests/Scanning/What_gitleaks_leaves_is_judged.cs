using System.Text.Json;
using TheaIA.Abstractions;
using TheaIA.Toolchains.Tests.Given;

namespace TheaIA.Toolchains.Tests.Scanning;

public sealed class What_gitleaks_leaves_is_judged : IDisposable
{
    private const string Two = """
        [
         {
          "Description": "AWS", "StartLine": 7, "File": "b.txt", "Commit": "1556e5f72cf96985eddcff034e7b61fb4fae5f99",
          "Match": "REDACTED", "Secret": "REDACTED", "Message": "quoted-secret", "RuleID": "aws-access-token",
          "Fingerprint": "1556e5f72cf96985eddcff034e7b61fb4fae5f99:b.txt:aws-access-token:7"
         },
         {
          "Description": "AWS", "StartLine": 7, "File": "b.txt", "Commit": "1556e5f72cf96985eddcff034e7b61fb4fae5f99",
          "Match": "REDACTED", "Secret": "REDACTED", "Message": "quoted-secret", "RuleID": "aws-access-token",
          "Fingerprint": "1556e5f72cf96985eddcff034e7b61fb4fae5f99:b.txt:aws-access-token:7"
         },
         {
          "Description": "AWS", "StartLine": 1, "File": "a.txt", "Commit": "", "RuleID": "private-key",
          "Fingerprint": "a.txt:private-key:1"
         }
        ]
        """;

    private readonly Sandbox sandbox = new();

    [Fact]
    public void One_finding_a_place_in_order()
    {
        var findings = GitleaksReport.Parse(Two);

        findings
            .Select(f => f.Subject)
            .ShouldBe(["a.txt:1 (private-key)", "b.txt:7 in 1556e5f (aws-access-token)"]);
        string.Join(' ', findings).ShouldNotContain("quoted-secret");
    }

    [Theory]
    [InlineData(0, "[]", 0, null)]
    [InlineData(Gitleaks.Found, Two, 2, null)]
    [InlineData(0, Two, 2, "gitleaks ended with exit code 0")]
    [InlineData(Gitleaks.Found, "[]", 0, "gitleaks ended with exit code 10")]
    [InlineData(0, null, 0, "gitleaks ended with exit code 0")]
    [InlineData(126, null, 0, "gitleaks ended with exit code 126")]
    public void A_pass_is_an_exit_code_and_a_report_that_say_the_same(
        int exitCode,
        string? json,
        int findings,
        string? unknown
    )
    {
        var report = GitleaksReport.Read("gitleaks", new CommandResult(exitCode, "", ""), json);

        (report.Findings.Count, report.Unknown).ShouldBe((findings, unknown));
    }

    [Fact]
    public void Its_own_words_are_told_without_their_colours_and_what_it_found_before_counts()
    {
        var report = GitleaksReport.Read(
            "gitleaks",
            new CommandResult(
                1,
                "",
                "\u001b[90m9:39PM\u001b[0m \u001b[32mINF\u001b[0m 1 commits scanned.\n"
                    + "\u001b[90m9:39PM\u001b[0m \u001b[1m\u001b[31mERR\u001b[0m\u001b[0m [git] fatal: bad object\n"
            ),
            Two
        );

        report.Unknown.ShouldBe("gitleaks ended with exit code 1: [git] fatal: bad object");
        report.Findings.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[ 1 ]")]
    [InlineData("[ { \"File\": \"a\" } ]")]
    [InlineData("[ ")]
    [InlineData("")]
    public void What_is_no_report_is_no_pass(string json)
    {
        Should.Throw<JsonException>(() => GitleaksReport.Parse(json));
        var report = GitleaksReport.Read("gitleaks", new CommandResult(0, "", ""), json);

        report.Unknown.ShouldNotBeNull();
        report.Unknown.ShouldStartWith("gitleaks left a report that cannot be read: ");
    }

    [Fact]
    public async Task Where_gitleaks_is_missing_it_is_said_what_brings_it()
    {
        sandbox.Write("a.txt", "a");
        var scan = new SecretScan(
            new Scripted(c =>
                c.Program == "git"
                    ? new CommandResult(0, c.Arguments.Contains("--count") ? "3\n" : "false\n", "")
                    : throw Scripted.Missing("gitleaks")
            ),
            sandbox.Root,
            sandbox["temporary"]
        );

        foreach (
            var run in (Func<Task<ScanReport>>[])
                [
                    () => scan.CommitsAsync(null, Sandbox.Cancel),
                    () => scan.FolderAsync(sandbox.Root, "a folder", Sandbox.Cancel),
                ]
        )
        {
            var error = await Should.ThrowAsync<OutcomeException>(run);
            error.Outcome.ShouldBe(Outcome.Wrong);
            error.Message.ShouldBe("gitleaks is not here: eng/components.sh gitleaks installs it.");
        }
        Directory.GetFiles(sandbox["temporary"]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("--all")]
    [InlineData("HEAD --output=/tmp/x")]
    [InlineData("a\tb")]
    public async Task What_is_no_range_reaches_neither_git_nor_gitleaks(string range)
    {
        var runner = new Scripted(_ => new CommandResult(0, "1", ""));
        var error = await Should.ThrowAsync<OutcomeException>(() =>
            new SecretScan(runner, sandbox.Root, sandbox["t"]).CommitsAsync(range, Sandbox.Cancel)
        );

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"'{range}' is no range of commits: give one such as origin/main..HEAD."
        );
        runner.Ran.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_range_that_git_does_not_know_is_wrong()
    {
        var runner = new Scripted(_ => new CommandResult(
            128,
            "",
            "fatal: bad revision 'origin/x..HEAD'\nmore\n"
        ));
        var error = await Should.ThrowAsync<OutcomeException>(() =>
            new SecretScan(runner, "/checkout", "/tmp").CommitsAsync(
                "origin/x..HEAD",
                Sandbox.Cancel
            )
        );

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            "git knows no commits 'origin/x..HEAD' in /checkout (fatal: bad revision 'origin/x..HEAD'): "
                + "fetch them, or name other ones."
        );
    }

    [Fact]
    public void Command_lines_are_built_and_not_run()
    {
        Command[] commands =
        [
            Gitleaks.Commits("/checkout", "origin/main..HEAD", "/tmp/report.json"),
            Gitleaks.Folder("/tmp/layer", "/checkout/.gitleaks.toml", "/tmp/report.json"),
            CommitRange.CountCommits("/checkout", "HEAD"),
            CommitRange.IsShallow("/checkout"),
            NuGetAudit.Configuration("/checkout"),
            NuGetAudit.List("/checkout", "TheaIA.sln", "/tmp/audit.config"),
        ];

        string.Join('\n', commands.Select(c => c.ToString())).MatchSnapshot();
        commands[0].Environment["GITLEAKS_CONFIG"].ShouldBeNull();
        commands.ShouldAllBe(c => c.WorkingDirectory != null);
    }

    public void Dispose() => sandbox.Dispose();
}
