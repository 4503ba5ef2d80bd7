using System.Text.Json.Nodes;

namespace TheaIA.Delivery.Tests.Evidence;

public sealed class EvidenceIndexTests : IDisposable
{
    private readonly SignedRelease _release = new();

    public void Dispose() => _release.Dispose();

    [Fact]
    public void It_lists_each_statement_by_gate_type_and_payload()
    {
        var index = Write();

        index.Gate.ShouldBe("index");
        index.PredicateType.ShouldBe(PredicateTypes.Index);
        var predicate = JsonNode.Parse(index.Predicate)!;
        ((string)predicate["digest"]!).ShouldBe(_release.What.Digest);
        ((string)predicate["commit"]!).ShouldBe(_release.Release.Commit);
        ((string)predicate["version"]!).ShouldBe("0.1.0+aaaaaaa");
        ((string)predicate["madeOn"]!).ShouldBe("2026-11-24T14:02:00.000Z");
        var lines = predicate["statements"]!.AsArray();
        lines
            .Select(l => $"{l!["gate"]} {l["predicateType"]}")
            .ShouldBe([
                "sbom https://cyclonedx.org/bom",
                "tests https://in-toto.io/attestation/test-result/v0.1",
                "signature https://sigstore.dev/cosign/sign/v1",
                "provenance https://slsa.dev/provenance/v1",
                "coverage https://theaia.com/attestations/coverage/v1",
            ]);
        ((string)lines[1]!["payloadSha256"]!).ShouldBe(
            Envelope.Read(_release.Statements[1].Envelope)!.PayloadHash
        );
    }

    [Fact]
    public void Another_order_in_the_registry_gives_the_same_list()
    {
        var before = Write().Predicate;
        _release.Statements.Reverse();

        Write().Predicate.ShouldBe(before);
    }

    [Fact]
    public void What_does_not_count_is_not_listed()
    {
        var before = Write().Predicate;
        var lint = _release.Attested(PredicateTypes.Lint, "{}");
        _release.Statements.Add(lint with { KeyName = null });
        _release.Statements.Add(lint with { Trouble = "it is damaged" });
        _release.Statements.Add(lint with { Envelope = "{}"u8.ToArray() });
        _release.Statements.Add(
            _release.Attested(PredicateTypes.Lint, "{}", about: "sha256:" + new string('b', 64))
        );
        _release.Statements.Add(_release.Index());
        _release.Statements.Add(_release.Statements[1]);

        Write().Predicate.ShouldBe(before);
    }

    [Fact]
    public void An_index_that_lists_all_needs_no_other_one() => Covers().ShouldBeTrue();

    [Fact]
    public void Without_an_index_one_is_needed()
    {
        _release.Statements.RemoveAt(_release.Statements.Count - 1);

        Covers().ShouldBeFalse();
    }

    [Fact]
    public void One_statement_more_needs_another_index()
    {
        _release.Statements.Add(_release.Attested(PredicateTypes.Lint, "{}"));

        Covers().ShouldBeFalse();
    }

    [Fact]
    public void One_statement_less_needs_another_index()
    {
        _release.Statements.RemoveAt(1);

        Covers().ShouldBeFalse();
    }

    [Fact]
    public void An_index_that_does_not_count_is_none()
    {
        _release.Statements[^1] = _release.Statements[^1] with { Trouble = "it is damaged" };

        Covers().ShouldBeFalse();
    }

    [Fact]
    public void An_index_of_another_commit_is_not_this_release_s()
    {
        EvidenceIndex
            .Covers(_release.Release with { Commit = new string('b', 40) }, _release.Statements)
            .ShouldBeFalse();
        EvidenceIndex
            .Covers(_release.Release with { Version = "0.2.0" }, _release.Statements)
            .ShouldBeFalse();
    }

    [Fact]
    public void The_newest_index_counts_wherever_it_lies()
    {
        _release.Time.Advance(TimeSpan.FromSeconds(1));
        _release.Statements.Add(_release.Attested(PredicateTypes.Lint, "{}"));
        _release.Statements.Insert(0, _release.Index());

        Covers().ShouldBeTrue();
    }

    private Attestation Write() =>
        EvidenceIndex.Write(_release.Release, _release.Statements, _release.Time.GetUtcNow());

    private bool Covers() => EvidenceIndex.Covers(_release.Release, _release.Statements);
}
