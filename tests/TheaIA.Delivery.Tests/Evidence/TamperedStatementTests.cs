namespace TheaIA.Delivery.Tests.Evidence;

public sealed class TamperedStatementTests : TamperedFolder
{
    [Fact]
    public async Task A_changed_statement_is_named() =>
        await FailsAsync(
            f =>
            {
                ChangePayload(f, $"{Tests}.dsse.json", "612 of", "999 of");
                f.Relist();
            },
            $"{Tests}.dsse.json is signed by none of the keys",
            "tests (payload "
        );

    [Fact]
    public async Task A_changed_signature_document_is_named() =>
        await FailsAsync(
            f =>
            {
                ChangePayload(f, "statements/01-signature.cosign.json", "theaia-api", "theaia-app");
                f.Relist();
            },
            "statements/01-signature.cosign.json is signed by none of the keys"
        );

    [Fact]
    public async Task A_changed_signature_is_named() =>
        await FailsAsync(
            f =>
            {
                f.Reseal(
                    $"{Tests}.dsse.json",
                    e =>
                    {
                        var signature = Convert.FromBase64String(
                            (string)e["signatures"]![0]!["sig"]!
                        );
                        signature[^1] ^= 1;
                        e["signatures"]![0]!["sig"] = Convert.ToBase64String(signature);
                    }
                );
                f.Relist();
            },
            $"{Tests}.dsse.json is signed by none of the keys"
        );

    [Fact]
    public async Task A_signature_of_another_statement_fits_none() =>
        await FailsAsync(
            f =>
            {
                var other = (string)
                    f.Json("statements/02-coverage.dsse.json")["signatures"]![0]!["sig"]!;
                f.Reseal($"{Tests}.dsse.json", e => e["signatures"]![0]!["sig"] = other);
                f.Relist();
            },
            $"{Tests}.dsse.json is signed by none of the keys"
        );

    [Theory]
    [InlineData("payloadType", "text/plain", "holds no in-toto statement")]
    [InlineData("payload", "%%%", "has no payload")]
    public async Task A_broken_envelope_is_named(string property, string value, string words) =>
        await FailsAsync(
            f =>
            {
                f.Reseal($"{Tests}.dsse.json", e => e[property] = value);
                f.Relist();
            },
            $"{Tests}.dsse.json {words}"
        );

    [Fact]
    public async Task A_statement_about_another_image_is_named()
    {
        // what stands in the predicate is no subject: there this image may be named by anybody
        var moved = Given.Attested(
            PredicateTypes.Lint,
            $$$"""{"base":{"digest":{"sha256":"{{{Given.What.Digest[7..]}}}"}},"subject":[{"digest":{"sha256":"{{{Given.What.Digest[7..]}}}"}}]}""",
            about: "sha256:" + new string('b', 64)
        );
        await FailsAsync(
            f => AddStatement(f, "statements/04-lint", moved),
            $"statements/04-lint.dsse.json is about sha256:{new string('b', 64)}, not about this image"
        );
    }

    [Fact]
    public async Task A_signature_of_another_image_is_named()
    {
        var moved = Given.Signature(Given.Key, "sha256:" + new string('b', 64));
        await FailsAsync(
            f =>
            {
                File.WriteAllBytes(
                    f["statements/01-signature.cosign.json"],
                    Envelope.Read(moved.Envelope)!.Write()
                );
                f.Relist();
            },
            $"statements/01-signature.cosign.json is about sha256:{new string('b', 64)}, not about this image",
            "signature (payload "
        );
    }

    [Fact]
    public async Task A_readable_copy_that_says_something_else_is_named() =>
        await FailsAsync(
            f =>
            {
                f.Change($"{Tests}.json", "612 of 612", "999 of 999");
                f.Relist();
            },
            $"{Tests}.json does not say what was signed in {Tests}.dsse.json"
        );

    [Fact]
    public async Task A_readable_copy_that_was_taken_away_is_named() =>
        await FailsAsync(
            f =>
            {
                File.Delete(f[$"{Tests}.json"]);
                f.Relist();
            },
            $"{Tests}.json does not say what was signed"
        );

    [Fact]
    public async Task A_statement_without_a_signature_is_named() =>
        await FailsAsync(
            f =>
            {
                File.WriteAllText(f["statements/99-lint.json"], "{}");
                File.WriteAllText(f["statements/99-lint.txt"], "all is well");
                f.Relist();
            },
            "statements/99-lint.json has no signed envelope beside it",
            "statements/99-lint.txt is no statement"
        );

    [Fact]
    public async Task A_statement_that_was_taken_away_is_named()
    {
        var payload = Envelope.Read(Given.Statements[1].Envelope)!.PayloadHash;
        await FailsAsync(
            f =>
            {
                File.Delete(f[$"{Tests}.json"]);
                File.Delete(f[$"{Tests}.dsse.json"]);
                f.Relist();
            },
            $"tests (payload {payload}) is in the signed index statements/06-index, and no such statement is here"
        );
    }

    [Fact]
    public async Task An_index_that_was_taken_away_is_missed() =>
        await FailsAsync(
            f =>
            {
                File.Delete(f["statements/06-index.json"]);
                File.Delete(f["statements/06-index.dsse.json"]);
                f.Relist();
            },
            "there is no signed index: nobody can say whether a statement was taken away"
        );

    [Fact]
    public async Task Without_statements_and_keys_nothing_holds() =>
        await FailsAsync(
            f =>
            {
                Directory.Delete(f["statements"], recursive: true);
                Directory.Delete(f["keys"], recursive: true);
                f.Relist();
            },
            "there are no statements",
            "there is no key in keys/",
            "there is no signed index"
        );

    [Fact]
    public async Task Another_key_in_the_key_s_place_fits_no_statement()
    {
        var other = Given.NewKey("other.pub");
        await FailsAsync(
            f =>
            {
                File.Copy(other.PublicFile, f["keys/cosign.pub"], overwrite: true);
                f.Relist();
            },
            "statements/01-signature.cosign.json is signed by none of the keys",
            $"{Tests}.dsse.json is signed by none of the keys",
            "there is no signed index"
        );
    }

    [Fact]
    public async Task A_key_that_is_none_is_named() =>
        await FailsAsync(
            f =>
            {
                File.WriteAllText(f["keys/cosign.pub"], "no key");
                f.Relist();
            },
            "keys/cosign.pub is no public key"
        );

    [Fact]
    public async Task A_stranger_s_statement_with_his_key_is_found_by_one_s_own_key()
    {
        var stranger = Given.NewKey("stranger.pub");
        var folder = await FolderAsync();
        File.Copy(stranger.PublicFile, folder["keys/stranger.pub"]);
        AddStatement(
            folder,
            "statements/04-lint",
            Given.Attested(PredicateTypes.Lint, "{}", stranger)
        );

        // the folder alone cannot know whose keys it holds
        (await folder.VerifyAsync()).ExitCode.ShouldBe(0);
        var (code, output) = await folder.VerifyAsync(Given.Key.PublicFile);
        code.ShouldBe(1, output);
        output.ShouldContain("NO    statements/04-lint.dsse.json is signed by none of the keys\n");
    }
}
