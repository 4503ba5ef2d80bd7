using System.Text;
using System.Text.Json.Nodes;
using FsCheck.Xunit;

namespace TheaIA.Delivery.Tests.Evidence;

public sealed class EnvelopeTests : IDisposable
{
    private readonly SignedRelease _release = new();

    public void Dispose() => _release.Dispose();

    [Property]
    public void No_bytes_make_reading_throw(byte[] bytes) => Envelope.Read(bytes).ShouldBeNull(); // random bytes are no envelope

    [Property]
    public void No_payload_makes_reading_throw(byte[] payload)
    {
        var envelope = new JsonObject
        {
            ["payloadType"] = SignedRelease.InToto,
            ["payload"] = Convert.ToBase64String(payload),
            ["signatures"] = new JsonArray(),
        };

        Envelope.Read(Encoding.UTF8.GetBytes(envelope.ToJsonString())).ShouldBeNull();
    }

    [Fact]
    public void Base64_for_URLs_is_read_and_written_plain()
    {
        var signed = SignedRelease.Sealed(
            "x",
            """{"predicateType":"x","subject":[],"predicate":"~~~~~~~~????????"}""",
            _release.Key
        );
        var plain = Encoding.UTF8.GetString(signed.Envelope.Span);
        var envelope = JsonNode.Parse(plain)!;
        var payload = (string)envelope["payload"]!;
        (
            payload.Contains('+', StringComparison.Ordinal)
            || payload.Contains('/', StringComparison.Ordinal)
        ).ShouldBeTrue();
        envelope["payload"] = payload.TrimEnd('=').Replace('+', '-').Replace('/', '_');

        var read = Envelope.Read(Encoding.UTF8.GetBytes(envelope.ToJsonString()))!;

        ((string)JsonNode.Parse(read.Write())!["payload"]!).ShouldBe(payload);
    }

    [Fact]
    public void It_is_written_on_one_line_that_sed_reads()
    {
        var text = Encoding.UTF8.GetString(Envelope.Read(_release.Statements[1].Envelope)!.Write());

        text.ShouldStartWith("{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\"ey");
        text.ShouldEndWith("\"}]}\n");
        text.Count(c => c == '\n').ShouldBe(1);
        text.ShouldNotContain("\\");
    }

    [Fact]
    public void What_nobody_signed_is_not_written()
    {
        var envelope = JsonNode.Parse(_release.Statements[1].Envelope.Span)!;
        envelope["comment"] = "not signed";
        envelope["signatures"]![0]!["keyid"] = "not signed";

        Encoding
            .UTF8.GetString(Envelope.Read(Encoding.UTF8.GetBytes(envelope.ToJsonString()))!.Write())
            .ShouldNotContain("not signed");
    }

    [Fact]
    public void A_signature_counts_by_its_key_alone()
    {
        using var keys = EvidenceKeys.Read([
            _release.Key.Trusted,
            _release.NewKey("stranger.pub").Trusted,
        ]);

        foreach (var statement in _release.Statements)
        {
            var envelope = Envelope.Read(statement.Envelope)!;
            envelope.SignedBy(keys.All[0].Public).ShouldBeTrue();
            envelope.SignedBy(keys.All[1].Public).ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("bm8=")]
    [InlineData("MAYCAQACAQA=")] // r = s = 0
    public void A_signature_that_is_none_fits_no_key(string signature)
    {
        using var keys = EvidenceKeys.Read([_release.Key.Trusted]);
        var envelope = JsonNode.Parse(_release.Statements[1].Envelope.Span)!;
        envelope["signatures"]![0]!["sig"] = signature;

        Envelope
            .Read(Encoding.UTF8.GetBytes(envelope.ToJsonString()))!
            .SignedBy(keys.All[0].Public)
            .ShouldBeFalse();
    }

    [Fact]
    public void One_good_signature_of_several_is_enough()
    {
        using var keys = EvidenceKeys.Read([_release.Key.Trusted]);
        var envelope = JsonNode.Parse(_release.Statements[1].Envelope.Span)!;
        envelope["signatures"]!.AsArray().Insert(0, new JsonObject { ["sig"] = "bm8=" });

        Envelope
            .Read(Encoding.UTF8.GetBytes(envelope.ToJsonString()))!
            .SignedBy(keys.All[0].Public)
            .ShouldBeTrue();
    }
}
