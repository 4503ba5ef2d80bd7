using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Journal;

/// <summary>The report that a run leaves, and GitHub's summary of it.</summary>
public sealed class ReportTests : IDisposable
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(
        File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "run-report.schema.json"))
    );

    private readonly Recorded _recorded = new();

    public void Dispose() => _recorded.Dispose();

    [Theory]
    [InlineData("Measured", "done", 0)]
    [InlineData("Shut Left --skip Left", "refused", 3)]
    [InlineData("Behind", "failed", 1)]
    public async Task Real_reports_fit_the_schema(string commandLine, string state, int code)
    {
        await _recorded.RunAsync<JournalTests.Build>(commandLine);
        var report = Report();
        Fits(report).ShouldBeTrue();
        report["state"]!.GetValue<string>().ShouldBe(state);
        report["exitCode"]!.GetValue<int>().ShouldBe(code);
    }

    [Fact]
    public async Task That_of_an_interrupted_run_too()
    {
        var interruption = _recorded.Checkout.Interruption;
        JournalTests.Build.Began = () => interruption.Request(Outcome.Interrupted);
        await _recorded.RunAsync<JournalTests.Build>("AfterLong");
        Fits(Report()).ShouldBeTrue();
        Report()["interruptedBy"]!.GetValue<string>().ShouldBe("Ctrl-C");
    }

    [Theory]
    [InlineData(int.MaxValue, "killed")]
    [InlineData(0, "running")]
    public async Task And_what_is_shown_of_one_without_an_end(int pid, string state)
    {
        using var recorded = new Recorded(pid == 0 ? Environment.ProcessId : pid);
        await recorded.RunAsync<JournalTests.Build>("Shut");
        recorded.CutAfter(0, "targetStarted");
        var answer = await recorded.AskAsync<JournalTests.Build>("Runs --show last json");
        var report = JsonNode.Parse(answer.Output)!;
        Fits(report).ShouldBeTrue();
        report["state"]!.GetValue<string>().ShouldBe(state);
        report.AsObject().ContainsKey("exitCode").ShouldBeFalse();
    }

    [Fact]
    public async Task The_schema_knows_each_field_and_each_word()
    {
        await _recorded.RunAsync<JournalTests.Build>("Shut");
        var report = Report();
        report["state"] = "odd";
        Fits(report).ShouldBeFalse();
        report = Report();
        report["more"] = 1;
        Fits(report).ShouldBeFalse();
        report = Report();
        report["targets"]![0]!["result"] = "odd";
        Fits(report).ShouldBeFalse();

        using var schema = JsonDocument.Parse(JsonSerializer.Serialize(Schema));
        var root = schema.RootElement;
        Words(root.GetProperty("properties").GetProperty("state"))
            .ShouldBe(Enum.GetValues<RunState>().Select(JsonFields.NameOf));
        var parts = root.GetProperty("$defs");
        Words(parts.GetProperty("target").GetProperty("properties").GetProperty("result"))
            .ShouldBe(Enum.GetValues<TargetResult>().Select(JsonFields.NameOf));
        Words(parts.GetProperty("gate").GetProperty("properties").GetProperty("verdict"))
            .ShouldBe(Enum.GetValues<Verdict>().Select(JsonFields.NameOf));
    }

    [Fact]
    public async Task GitHub_shows_a_table_with_the_root_cause_first()
    {
        _recorded.Checkout.Write("summary.md", "what was there\n");
        await SummarizeAsync("Shut Behind Left --skip Left");
        _recorded
            .Checkout.Read("summary.md")
            .ShouldBe(
                """
                what was there
                ### Left, Shut, Behind: refused: Shut (0.0 s)

                | target | result | took | |
                |---|---|---:|---|
                | Shut | **refused** | 0.0 s | Size: 3 MB [&lt;= 2 MB] |
                | Measured | done | 0.0 s | Size: 1 MB [&lt;= 2 MB] |
                | Left | skipped |  | by --skip |
                | Bad | **failed** | 0.0 s | InvalidOperationException: went wrong |
                | Behind | not started |  | Bad failed |


                """
            );
    }

    [Fact]
    public async Task What_would_break_the_table_is_escaped()
    {
        await SummarizeAsync("Odd");
        _recorded
            .Checkout.Read("summary.md")
            .ShouldContain("| Odd | **failed** | 0.0 s | a \\| b \\\\ &lt;c> &amp; d |\n");
    }

    [Fact]
    public async Task A_summary_that_cannot_be_written_is_a_remark()
    {
        _recorded.Checkout.Environment["GITHUB_STEP_SUMMARY"] = Path.Combine(
            _recorded.Root,
            "none/summary.md"
        );
        var answer = await _recorded.RunAsync<JournalTests.Build>("Measured");
        answer.Code.ShouldBe(0);
        answer.Output.ShouldContain("This run has no summary on GitHub's page: ");
    }

    private async Task SummarizeAsync(string commandLine)
    {
        _recorded.Checkout.Environment["GITHUB_STEP_SUMMARY"] = Path.Combine(
            _recorded.Root,
            "summary.md"
        );
        await _recorded.RunAsync<Odds>(commandLine);
    }

    private JsonNode Report() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(_recorded.Folders[0], "report.json")))!;

    private static bool Fits(JsonNode report)
    {
        using var document = JsonDocument.Parse(report.ToJsonString());
        return Schema
            .Evaluate(
                document.RootElement,
                new EvaluationOptions { RequireFormatValidation = true }
            )
            .IsValid;
    }

    private static IEnumerable<string> Words(JsonElement property) =>
        property.GetProperty("enum").EnumerateArray().Select(word => word.GetString()!);

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "TheaIA.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    public class Odds : JournalTests.Build
    {
        Target Odd =>
            _ =>
                _.Executes(() =>
                {
                    throw new OutcomeException(Outcome.Failed, "a | b \\ <c> & d\ne");
                });
    }
}
