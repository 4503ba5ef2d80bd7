using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Tests.Evidence;

public sealed class EvidenceFolderTests : IDisposable
{
    private readonly SignedRelease _release = new();

    public void Dispose() => _release.Dispose();

    [Fact]
    public async Task Everything_about_a_digest_lies_in_one_folder()
    {
        var result = await _release.CollectAsync();

        Files()
            .ShouldBe(
                [
                    "README.md",
                    $"image/blobs/sha256/{_release.Config[7..]}",
                    $"image/blobs/sha256/{_release.Layer[7..]}",
                    $"image/blobs/sha256/{_release.What.Digest[7..]}",
                    "image/index.json",
                    "image/oci-layout",
                    "index.json",
                    "keys/cosign.pub",
                    "statements/01-signature.cosign.json",
                    "statements/01-signature.json",
                    "statements/02-coverage.dsse.json",
                    "statements/02-coverage.json",
                    "statements/03-provenance.dsse.json",
                    "statements/03-provenance.json",
                    "statements/04-sbom.dsse.json",
                    "statements/04-sbom.json",
                    "statements/05-tests.dsse.json",
                    "statements/05-tests.json",
                    "statements/06-index.dsse.json",
                    "statements/06-index.json",
                    "verify.sh",
                ],
                ignoreOrder: true
            );
        result.Troubles.ShouldBeEmpty();
        result.Notes.ShouldBeEmpty();
        result.Outcome.ShouldBe(Outcome.Done);
        result.OrThrow().ShouldBeSameAs(result);
        result.Figure.ShouldBe("6 statements, 1 layer");
        result.Files.ShouldBe(21);
        result.Size.ShouldBe(Files().Sum(f => new FileInfo(Full(f)).Length));
        result.IndexSha256.ShouldBe(Hash("index.json"));
        result.Directory.ShouldBe(_release["evidence"]);
    }

    [Fact]
    public async Task Nothing_is_left_beside_it_but_an_empty_lock()
    {
        await _release.CollectAsync("out/evidence");

        Directory
            .GetFileSystemEntries(_release["out"])
            .Select(Path.GetFileName)
            .ShouldBe([".evidence.lock", "evidence"], ignoreOrder: true);
        new FileInfo(_release["out/.evidence.lock"]).Length.ShouldBe(0);
    }

    [Fact]
    public async Task The_index_lists_every_file_but_itself()
    {
        await _release.CollectAsync();

        var files = Index()["files"]!.AsArray();
        files
            .Select(f => (string)f!["path"]!)
            .ShouldBe(Files().Where(f => f != "index.json").Order(StringComparer.Ordinal));
        foreach (var file in files)
        {
            var path = (string)file!["path"]!;
            ((string)file["sha256"]!).ShouldBe(Hash(path));
            ((long)file["size"]!).ShouldBe(new FileInfo(Full(path)).Length);
        }
    }

    [Fact]
    public async Task The_index_says_what_it_is_about_and_when_it_was_made()
    {
        await _release.CollectAsync();

        var index = Index();
        ((string)index["repository"]!).ShouldBe("registry.example/theaia-api");
        ((string)index["digest"]!).ShouldBe(_release.What.Digest);
        ((string)index["commit"]!).ShouldBe(_release.Release.Commit);
        ((string)index["version"]!).ShouldBe("0.1.0+aaaaaaa");
        ((string)index["collectedOn"]!).ShouldBe("2026-11-24T14:02:00.000Z");
        ((bool)index["holds"]!).ShouldBeTrue();
        var tests = index["statements"]!.AsArray()[4]!;
        ((string)tests["name"]!).ShouldBe("05-tests");
        ((string)tests["file"]!).ShouldBe("statements/05-tests.dsse.json");
        ((string)tests["readable"]!).ShouldBe("statements/05-tests.json");
        ((string)tests["predicateType"]!).ShouldBe(PredicateTypes.TestResult);
        ((string)tests["signedBy"]!).ShouldBe("cosign.pub");
        ((bool)tests["inSignedIndex"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task The_image_is_a_layout_that_names_its_manifest()
    {
        await _release.CollectAsync();

        var layout = Json("image/index.json")["manifests"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)layout["digest"]!).ShouldBe(_release.What.Digest);
        ((string)layout["mediaType"]!).ShouldBe("application/vnd.oci.image.manifest.v1+json");
        ((long)layout["size"]!).ShouldBe(
            new FileInfo(Full($"image/blobs/sha256/{_release.What.Digest[7..]}")).Length
        );
        ((string)Json("image/oci-layout")["imageLayoutVersion"]!).ShouldBe("1.0.0");
    }

    [Fact]
    public async Task A_readable_statement_says_what_was_signed()
    {
        await _release.CollectAsync();

        var signed = Convert.FromBase64String(
            (string)Json("statements/04-sbom.dsse.json")["payload"]!
        );
        var readable = File.ReadAllText(Full("statements/04-sbom.json"));
        JsonNode.DeepEquals(JsonNode.Parse(signed), JsonNode.Parse(readable)).ShouldBeTrue();
        readable.ShouldContain("\n      {\n        \"name\": \"a < b & \\\"c\\\"\"\n      }\n");
        Json("statements/01-signature.json")["critical"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Checks_are_told_with_their_verdicts_and_those_not_made_too()
    {
        _release.Policy = new Policy(["signature", "tests", "lint", "scan"], Forgiving: false);
        _release.Statements.Add(
            _release.Attested(PredicateTypes.Scan, SignedRelease.Says("scan", "fail", "1 secret"))
        );

        var result = await _release.CollectAsync();

        Index()["checks"]!
            .AsArray()
            .Select(c => $"{c!["gate"]} {c["verdict"]} {c["value"]}")
            .ShouldBe([
                "signature pass ",
                "tests pass 612 of 612",
                "lint not made ",
                "scan fail 1 secret",
                "coverage pass 98.7 % [>= 98 %]",
                "provenance pass ",
            ]);
        result.NotMade.ShouldBe(["lint"]);
        result.Figure.ShouldBe("7 statements, 1 layer; not made: lint");
        result.Outcome.ShouldBe(Outcome.Done);
        result.Checks[0].Source.ShouldBe("signed by cosign.pub");
        result.Checks[2].Source.ShouldContain("nobody made this check");
    }

    [Fact]
    public async Task A_fail_is_never_hidden_by_a_pass_of_the_same_gate()
    {
        _release.Statements.Add(
            _release.Attested(
                PredicateTypes.TestResult,
                SignedRelease.Says("tests", "fail", "611 of 612")
            )
        );
        _release.Statements.Add(_release.Index());

        var result = await _release.CollectAsync();

        result.Checks.Single(c => c.Gate == "tests").Verdict.ShouldBe(Verdict.Fail);
        var tests = Index()["checks"]!.AsArray().Single(c => (string)c!["gate"]! == "tests")!;
        tests["statements"]!.AsArray().Select(s => (string)s!).ShouldBe(["05-tests", "06-tests"]);
    }

    [Fact]
    public async Task A_gate_that_no_statement_reader_knows_is_kept_under_its_type()
    {
        _release.Statements.Add(_release.Attested("https://example.com/Odd_Type/v1", "{}"));
        _release.Statements.Add(_release.Attested("../../etc/passwd", "{}"));
        _release.Statements.Add(_release.Index());

        var result = await _release.CollectAsync();

        result.Troubles.ShouldBeEmpty();
        Files().ShouldContain("statements/04-example-com-odd-type-v1.dsse.json");
        Files().ShouldContain("statements/03-etc-passwd.dsse.json");
    }

    [Fact]
    public async Task A_signature_of_cosign_3_is_a_signature_too()
    {
        _release.Statements[0] = _release.Attested("https://sigstore.dev/cosign/sign/v1", "{}");
        _release.Statements[^1] = _release.Index();

        var result = await _release.CollectAsync();

        result.Troubles.ShouldBeEmpty();
        result.Checks.Single(c => c.Gate == "signature").Verdict.ShouldBe(Verdict.Pass);
        Files().ShouldContain("statements/01-signature.dsse.json");
    }

    [Fact]
    public async Task The_same_statement_found_twice_is_kept_once()
    {
        _release.Statements.Add(_release.Statements[1]);

        (await _release.CollectAsync()).Statements.ShouldBe(6);
    }

    [Fact]
    public async Task What_two_keys_signed_counts_by_each()
    {
        var other = _release.NewKey("cosign.pub");
        _release.Keys.Add(other.Trusted);
        _release.Statements[1] = _release.Attested(
            PredicateTypes.TestResult,
            SignedRelease.Says("tests", "pass", "1 of 1"),
            other
        );
        _release.Statements[^1] = _release.Index();

        var result = await _release.CollectAsync();

        result.Troubles.ShouldBeEmpty();
        Files().ShouldContain("keys/cosign-2.pub");
        ((string)Index()["statements"]!.AsArray()[4]!["signedBy"]!).ShouldBe("cosign-2.pub");
    }

    [Fact]
    public async Task Other_blobs_of_a_layout_are_none_of_the_image()
    {
        _release.Registry.Add("another image's layer");

        (await _release.CollectAsync()).Layers.ShouldBe(1);

        Files().Count(f => f.StartsWith("image/blobs/", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Fact]
    public async Task The_description_is_written_for_an_auditor()
    {
        _release.Policy = _release.Policy with { Wanted = [.. _release.Policy.Wanted, "scan"] };
        _release.Statements.Add(_release.Attested("https://example.com/odd/v1", "{}"));
        _release.Statements.Add(
            _release.Attested(
                PredicateTypes.Lint,
                SignedRelease.Says("lint", "pass", ""),
                _release.NewKey("stranger.pub")
            )
        );
        await _release.CollectAsync();

        Snapshot.Match(File.ReadAllText(Full("README.md")));
    }

    private string Full(string path) => Path.Combine(_release["evidence"], path);

    private List<string> Files() =>
        [
            .. Directory
                .EnumerateFiles(_release["evidence"], "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(_release["evidence"], f)),
        ];

    private string Hash(string path) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Full(path))));

    private JsonNode Json(string path) => JsonNode.Parse(File.ReadAllText(Full(path)))!;

    private JsonNode Index() => Json("index.json");
}
