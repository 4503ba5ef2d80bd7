using System.Text;
using System.Text.Json.Nodes;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Tests.Evidence;

public sealed class MissingStatementTests : IDisposable
{
    private readonly SignedRelease _release = new();

    public void Dispose() => _release.Dispose();

    [Fact]
    public async Task A_statement_that_was_taken_away_is_missed_by_the_signed_index()
    {
        var payload = Envelope.Read(_release.Statements[2].Envelope)!.PayloadHash;
        _release.Statements.RemoveAt(2);

        var result = await _release.CollectAsync();

        result.Outcome.ShouldBe(Outcome.Failed);
        result.Troubles.ShouldBe([
            $"coverage (payload {payload}) is in the signed index, and no such statement is there",
        ]);
        result.NotMade.ShouldBe(["coverage"]);
    }

    [Fact]
    public async Task A_statement_that_was_changed_is_missed_and_the_changed_one_shown()
    {
        var payload = Envelope.Read(_release.Statements[1].Envelope)!.PayloadHash;
        var envelope = JsonNode.Parse(_release.Statements[1].Envelope.Span)!;
        var text = Encoding.UTF8.GetString(Convert.FromBase64String((string)envelope["payload"]!));
        envelope["payload"] = Convert.ToBase64String(
            Encoding.UTF8.GetBytes(text.Replace("612 of", "999 of", StringComparison.Ordinal))
        );
        _release.Statements[1] = _release.Statements[1] with
        {
            Envelope = Encoding.UTF8.GetBytes(envelope.ToJsonString()),
        };

        (await _release.CollectAsync()).Troubles.ShouldBe([
            $"tests (payload {payload}) is in the signed index, and no such statement is there"
                + "; rejected/01-tests: signed by none of the trusted keys (cosign.pub)",
        ]);
    }

    [Fact]
    public async Task Without_a_signed_index_nobody_knows_what_was_taken_away()
    {
        _release.Statements.RemoveAt(_release.Statements.Count - 1);

        (await _release.CollectAsync()).Troubles.ShouldBe([
            $"no signed index of {_release.What.Short} by a trusted key: nobody can say whether a statement was taken away",
        ]);
    }

    [Fact]
    public async Task An_index_by_a_stranger_is_none()
    {
        _release.Statements[^1] = _release.Index(_release.NewKey("stranger.pub"));

        (await _release.CollectAsync()).Troubles.ShouldBe([
            $"no signed index of {_release.What.Short} by a trusted key: nobody can say whether a statement was taken away"
                + "; rejected/01-index: signed by none of the trusted keys (cosign.pub)",
        ]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"digest":"a","commit":"b","version":"c","madeOn":"today","statements":[]}""")]
    [InlineData(
        """{"digest":"a","commit":"b","version":"c","madeOn":"2026-11-24T14:02:00.000Z","statements":null}"""
    )]
    public async Task An_index_that_is_no_list_is_none(string predicate)
    {
        _release.Statements[^1] = _release.Attested(PredicateTypes.Index, predicate);

        (await _release.CollectAsync())
            .Troubles.ShouldHaveSingleItem()
            .ShouldStartWith("no signed index of ");
    }

    [Fact]
    public async Task A_statement_that_came_after_the_index_is_noted()
    {
        _release.Statements.Add(
            _release.Attested(PredicateTypes.Lint, SignedRelease.Says("lint", "pass", ""))
        );

        var result = await _release.CollectAsync();

        result.Outcome.ShouldBe(Outcome.Done);
        result.Notes.ShouldBe(["03-lint is signed, but not in the signed index: it came after it"]);
    }

    [Fact]
    public async Task Of_two_indexes_the_newer_one_counts()
    {
        _release.Time.Advance(TimeSpan.FromHours(1));
        _release.Statements[1] = _release.Attested(
            PredicateTypes.TestResult,
            SignedRelease.Says("tests", "pass", "613 of 613")
        );
        // the registry's order says nothing about time
        _release.Statements.Insert(0, _release.Index());

        var result = await _release.CollectAsync();

        result.Troubles.ShouldBeEmpty();
        result.Notes.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_does_not_hold_ends_with_all_its_troubles_and_the_folder_is_there()
    {
        _release.Statements.RemoveAt(2);

        var result = await _release.CollectAsync();
        var error = Should.Throw<OutcomeException>(result.OrThrow);

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"The evidence of aaaaaaa does not hold (1 trouble): see {_release["evidence"]}/README.md; "
                + "./build.sh Release signs anew what is missing."
        );
        error.Details.ShouldBe(result.Troubles);
        Text("README.md").ShouldContain("**the evidence does not hold**");
        Text("README.md").ShouldContain("## What is wrong\n\n- coverage (payload ");
    }

    [Fact]
    public async Task Two_troubles_are_counted_as_two()
    {
        _release.Statements.RemoveRange(1, 2);

        Should
            .Throw<OutcomeException>((await _release.CollectAsync()).OrThrow)
            .Message.ShouldContain("(2 troubles)");
    }

    private string Text(string path) => File.ReadAllText(_release[$"evidence/{path}"]);
}
