using System.Text;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Tests.Evidence;

public sealed class RejectedStatementTests : IDisposable
{
    private readonly SignedRelease _release = new();

    public void Dispose() => _release.Dispose();

    [Fact]
    public async Task What_a_stranger_signed_is_kept_apart_and_not_counted()
    {
        _release.Statements.Add(
            _release.Attested(
                PredicateTypes.Lint,
                SignedRelease.Says("lint", "pass", ""),
                _release.NewKey("stranger.pub")
            )
        );

        var result = await _release.CollectAsync();

        result.Outcome.ShouldBe(Outcome.Done);
        result.Rejected.ShouldBe(1);
        result.Statements.ShouldBe(6);
        result.Figure.ShouldBe("6 statements, 1 layer, 1 not counted");
        result.Checks.ShouldNotContain(c => c.Gate == "lint");
        result.Notes.ShouldBe([
            "rejected/01-lint is not counted: signed by none of the trusted keys (cosign.pub)",
        ]);
        Text("rejected/01-lint.txt").ShouldBe("signed by none of the trusted keys (cosign.pub)\n");
        File.ReadAllBytes(Full("rejected/01-lint.json"))
            .ShouldBe(_release.Statements[^1].Envelope.ToArray());
    }

    [Fact]
    public async Task A_reason_that_its_source_gives_is_told_in_one_line()
    {
        _release.Statements.Add(
            _release.Attested(PredicateTypes.Lint, "{}", _release.NewKey("stranger.pub")) with
            {
                KeyName = null,
                Trouble = "signed by a key\nthat nobody \u001b[31mknows",
            }
        );

        (await _release.CollectAsync()).Notes.ShouldBe([
            "rejected/01-lint is not counted: signed by a key that nobody  [31mknows",
        ]);
    }

    [Fact]
    public async Task A_statement_about_another_image_is_damage()
    {
        var other = "sha256:" + new string('b', 64);
        _release.Statements.Add(
            _release.Attested(
                PredicateTypes.Lint,
                SignedRelease.Says("lint", "pass", ""),
                about: other
            )
        );

        var result = await _release.CollectAsync();

        result.Outcome.ShouldBe(Outcome.Failed);
        result.Troubles.ShouldBe([
            $"rejected/01-lint: signed by cosign.pub, but about {other}, not about this image",
        ]);
        result.Checks.ShouldNotContain(c => c.Gate == "lint");
    }

    [Fact]
    public async Task A_signature_of_another_image_is_damage()
    {
        var other = "sha256:" + new string('b', 64);
        _release.Statements.Add(_release.Signature(_release.Key, other));

        (await _release.CollectAsync()).Troubles.ShouldBe([
            $"rejected/01-signature: signed by cosign.pub, but about {other}, not about this image",
        ]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"payloadType":"text/plain","payload":"e30=","signatures":[]}""")]
    [InlineData("""{"payloadType":null,"payload":"e30=","signatures":[]}""")]
    [InlineData(
        """{"payloadType":"application/vnd.in-toto+json","payload":"e30=","signatures":[]}"""
    )]
    [InlineData("""{"payloadType":"application/vnd.in-toto+json","payload":"%","signatures":[]}""")]
    [InlineData("""{"payload":"e30=","signature":null}""")]
    [InlineData("""{"payload":"e30=","signature":"e30="}""")]
    [InlineData("""{"payload":"bm8=","signature":"e30="}""")]
    public async Task What_cannot_be_read_is_damage(string envelope)
    {
        _release.Statements.Add(
            new SignedStatement(
                PredicateTypes.Lint,
                "attestation",
                Encoding.UTF8.GetBytes(envelope),
                null,
                null
            )
        );

        var result = await _release.CollectAsync();

        result.Troubles.ShouldBe(["rejected/01-lint: it is no signed statement that can be read"]);
        Text("rejected/01-lint.json").ShouldBe(envelope);
    }

    [Fact]
    public async Task A_statement_that_its_source_found_damaged_is_damage_though_its_signature_holds()
    {
        _release.Statements[1] = _release.Statements[1] with { Trouble = "its layer is damaged" };

        var result = await _release.CollectAsync();

        result.Troubles[0].ShouldBe("rejected/01-tests: its layer is damaged");
        result.Troubles.Count.ShouldBe(2);
        result.NotMade.ShouldBe(["tests"]);
    }

    private string Full(string path) => Path.Combine(_release["evidence"], path);

    private string Text(string path) => File.ReadAllText(Full(path));
}
