using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Signing;
using TheaIA.Delivery.Oci.Signing.Reading;
using TheaIA.Delivery.Oci.Tests.Given;
using TheaIA.Delivery.Oci.Tests.Signing.Given;

namespace TheaIA.Delivery.Oci.Tests.Signing;

public sealed class Only_what_a_trusted_key_said_counts : IDisposable
{
    private readonly Sandbox sandbox = new();
    private readonly TestKey key = new();
    private readonly TestKey stranger = new();
    private readonly MemoryRegistry registry = new();

    private string Short => registry.What.Short;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_signature_and_attestations_by_it_pass(int major)
    {
        Sign(major, key);
        foreach (var said in Said.All)
        {
            Attest(major, key, said);
        }

        var attested = await AttestedAsync();

        attested
            .Checks.Select(c => (c.Gate, c.Verdict))
            .ShouldBe([
                ("signature", Verdict.Pass),
                ("tests", Verdict.Pass),
                ("coverage", Verdict.Pass),
                ("lint", Verdict.Pass),
                ("scan", Verdict.Pass),
                ("vulnerabilities", Verdict.Unknown),
                ("provenance", Verdict.Pass),
            ]);
        attested.Checks.ShouldAllBe(c => c.Digest == registry.What.Digest);
        attested.Checks[0].Source.ShouldBe("signed by cosign.pub");
        attested.Checks[3].Source.ShouldBe($"attested for {Short}, signed by cosign.pub");
        attested.MadeIn.ShouldBe(TimeSpan.FromSeconds(69));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_strangers_do_not(int major)
    {
        Sign(major, stranger);
        Attest(major, stranger, Said.Lint());

        var checks = (await AttestedAsync()).Checks;

        checks.ShouldBe([
            new Check(
                "signature",
                registry.What.Digest,
                Verdict.Fail,
                "signed, but by none of the trusted keys (cosign.pub)"
            ),
            new Check(
                "lint",
                registry.What.Digest,
                Verdict.Unknown,
                "no signed attestation by a trusted key (attested, but by none of the trusted keys (cosign.pub))"
            ),
        ]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Those_of_another_image_do_not(int major)
    {
        Sign(major, key, MemoryRegistry.Other);
        Attest(major, key, Said.Lint(), MemoryRegistry.Other);

        var checks = (await AttestedAsync()).Checks;

        checks.Select(c => c.Verdict).ShouldBe([Verdict.Fail, Verdict.Unknown]);
        checks[0].Source.ShouldBe("signed, but for another image (sha256:bbbbbbbbbbbb)");
        checks[1]
            .Source.ShouldBe(
                "no signed attestation by a trusted key (attested, but for another image (sha256:bbbbbbbbbbbb))"
            );
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Those_whose_bytes_were_changed_do_not(int major)
    {
        Sign(major, key);
        Attest(major, key, Said.Lint());
        registry.DamageBlobs();

        var checks = (await AttestedAsync()).Checks;

        checks.Select(c => c.Verdict).ShouldBe([Verdict.Fail, Verdict.Unknown]);
        checks[0]
            .Source.ShouldMatch("^signed, but damaged: sha256:[0-9a-f]{12} has another content$");
        checks[1]
            .Source.ShouldMatch(
                @"^no signed attestation by a trusted key \(attested, but damaged: sha256:[0-9a-f]{12} has another content\)$"
            );
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Those_whose_bytes_are_gone_do_not(int major)
    {
        Sign(major, key);
        registry.LoseBlobs();

        (await AttestedAsync())
            .Checks.ShouldHaveSingleItem()
            .Source.ShouldMatch("^signed, but damaged: sha256:[0-9a-f]{12} is gone$");
    }

    /// <summary>What it was about stands in what cannot be read: each gate without an answer says so.</summary>
    [Theory]
    [InlineData(true, "has another content")]
    [InlineData(false, "is gone")]
    public async Task What_refers_to_the_image_and_cannot_be_read_is_told_at_each_gate(
        bool changed,
        string how
    )
    {
        Sign(3, key);
        Attest(3, key, Said.Lint());
        Attest(2, key, Said.Tests);
        if (changed)
        {
            registry.DamageManifests();
        }
        else
        {
            registry.LoseReferringManifests();
        }

        var checks = (await AttestedAsync()).Checks;

        checks[0].Gate.ShouldBe("signature");
        checks[0].Verdict.ShouldBe(Verdict.Unknown);
        checks[0].Source.ShouldStartWith("no signature that can be read (damaged: sha256:");
        checks.Single(c => c.Gate == "tests").Verdict.ShouldBe(Verdict.Pass);
        var lint = checks.Single(c => c.Gate == "lint");
        lint.Verdict.ShouldBe(Verdict.Unknown);
        lint.Source.ShouldContain(how);
    }

    [Fact]
    public async Task An_attestation_is_no_signature()
    {
        Attest(3, key, Said.Lint());

        var check = (await AttestedAsync()).Checks[0];

        check.ShouldBe(new Check("signature", registry.What.Digest, Verdict.Unknown, "not signed"));
    }

    [Fact]
    public async Task A_signature_that_only_calls_itself_one_is_none()
    {
        registry.Attach(
            ".sig",
            "{\"a\":1}",
            (SimpleSigning.SignatureAnnotation, key.Sign("{\"a\":1}"u8))
        );

        (await AttestedAsync())
            .Checks.ShouldHaveSingleItem()
            .Source.ShouldBe("signed, but damaged: it is no simple signing document");
    }

    [Fact]
    public async Task What_else_refers_to_the_image_is_passed_over()
    {
        registry.Refer("{}", "application/spdx+json", "x");

        (await AttestedAsync()).Checks.ShouldHaveSingleItem().Source.ShouldBe("not signed");
    }

    [Fact]
    public async Task An_old_key_stays_good_beside_a_new_one()
    {
        using var old = new TestKey();
        Sign(2, old);

        var attested = await Trusting(KeyFile("cosign.pub", key), KeyFile("cosign-2025.pub", old))
            .AttestedAsync(registry.Release, Sandbox.Cancel);

        attested.Checks[0].Verdict.ShouldBe(Verdict.Pass);
        attested.Checks[0].Source.ShouldBe("signed by cosign-2025.pub");
    }

    [Fact]
    public async Task A_good_signature_stands_beside_a_strangers()
    {
        Sign(2, stranger);
        Sign(3, key);

        (await AttestedAsync()).Checks[0].Verdict.ShouldBe(Verdict.Pass);
    }

    [Fact]
    public async Task An_attestation_of_another_commit_is_unknown()
    {
        Sign(2, key);
        Attest(2, key, Said.Lint());

        var attested = await Trusting(KeyFile("cosign.pub", key))
            .AttestedAsync(registry.Release with { Commit = new string('c', 40) }, Sandbox.Cancel);

        var lint = attested.Checks.Single(c => c.Gate == "lint");
        lint.Verdict.ShouldBe(Verdict.Unknown);
        lint.Source.ShouldContain("another commit");
    }

    [Fact]
    public async Task Nobody_trusted_is_answered_with_nothing()
    {
        Sign(2, key);

        var attested = await new CosignSigning(TimeProvider.System, _ => null)
            .TrustedBy([], Tools(new Nobody()))
            .AttestedAsync(registry.Release, Sandbox.Cancel);

        attested.ShouldBe(Attested.Nothing);
        registry.Reads.ShouldBe(0);
    }

    [Fact]
    public async Task An_image_that_is_not_there_is_told()
    {
        registry.LoseImage();

        var error = await Should.ThrowAsync<OutcomeException>(AttestedAsync);

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"There is no {Short} in 127.0.0.1:5000/theaia-api: ./build.sh Push brings it there."
        );
    }

    [Fact]
    public async Task This_machines_store_keeps_no_signatures()
    {
        var store = Tools(new Nobody()) with { Registry = sandbox.Store };
        var signing = new CosignSigning(TimeProvider.System, _ => null);
        TrustedKey[] keys = [KeyFile("cosign.pub", key)];

        var attested = await signing
            .TrustedBy(keys, store)
            .AttestedAsync(registry.Release, Sandbox.Cancel);

        attested
            .Checks.ShouldHaveSingleItem()
            .ShouldBe(
                new Check(
                    "signature",
                    registry.What.Digest,
                    Verdict.Unknown,
                    "this machine's store keeps no signatures"
                )
            );
        (
            await signing.StatementsBy(keys, store).StatementsAsync(registry.What, Sandbox.Cancel)
        ).ShouldBeEmpty();
    }

    [Fact]
    public async Task More_statements_than_a_release_has_are_not_read()
    {
        for (var i = 0; i <= StatementReader.Most; i++)
        {
            registry.Attach(".att", "{}");
        }

        var error = await Should.ThrowAsync<OutcomeException>(AttestedAsync);

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"501 statements lie beside {Short} in 127.0.0.1:5000/theaia-api, and no more than 500 are read: `cosign clean 127.0.0.1:5000/theaia-api@{registry.What.Digest}` takes them away, ./build.sh Release makes them again."
        );
    }

    [Fact]
    public async Task What_is_larger_than_any_bill_of_materials_is_not_read()
    {
        registry.Attach(
            ".att",
            new string(' ', StatementReader.Largest + 1),
            ("predicateType", PredicateTypes.CycloneDx)
        );

        (await AttestedAsync())
            .Checks.Single(c => c.Gate == "sbom")
            .Source.ShouldContain("is larger than 32 MiB");
    }

    [Fact]
    public async Task Each_statement_is_handed_out_with_its_trouble()
    {
        Sign(2, key);
        Sign(3, stranger);
        Attest(2, key, Said.Lint());
        Attest(3, key, Said.Tests, MemoryRegistry.Other);

        var statements = await new CosignSigning(TimeProvider.System, _ => null)
            .StatementsBy([KeyFile("cosign.pub", key)], Tools(new Nobody()))
            .StatementsAsync(registry.What, Sandbox.Cancel);

        statements
            .Select(s => (s.Kind, s.PredicateType, s.KeyName, s.Trouble))
            .ShouldBe([
                ("signature", "cosign container image signature", "cosign.pub", null),
                (
                    "signature",
                    "https://sigstore.dev/cosign/sign/v1",
                    null,
                    "by none of the trusted keys (cosign.pub)"
                ),
                ("attestation", PredicateTypes.Lint, "cosign.pub", null),
                (
                    "attestation",
                    PredicateTypes.TestResult,
                    "cosign.pub",
                    "for another image (sha256:bbbbbbbbbbbb)"
                ),
            ]);
        statements.ShouldAllBe(s => s.Envelope.Length > 100);
    }

    [Fact]
    public async Task Without_a_trusted_key_each_statement_has_that_trouble()
    {
        Sign(2, key);

        var statements = await new CosignSigning(TimeProvider.System, _ => null)
            .StatementsBy([], Tools(new Nobody()))
            .StatementsAsync(registry.What, Sandbox.Cancel);

        statements.ShouldHaveSingleItem().Trouble.ShouldBe("by a key, and none is trusted");
    }

    public void Dispose()
    {
        sandbox.Dispose();
        key.Dispose();
        stranger.Dispose();
    }

    private void Sign(int major, TestKey by, string? digest = null)
    {
        if (major == 2)
        {
            registry.Sign2(by, digest);
        }
        else
        {
            registry.Sign3(by, digest);
        }
    }

    private void Attest(int major, TestKey by, Attestation said, string? digest = null)
    {
        if (major == 2)
        {
            registry.Attest2(by, said.PredicateType, said.Predicate, digest);
        }
        else
        {
            registry.Attest3(by, said.PredicateType, said.Predicate, digest);
        }
    }

    // keys in files need no program: who deploys has none to install
    private Task<Attested> AttestedAsync() =>
        Trusting(KeyFile("cosign.pub", key)).AttestedAsync(registry.Release, Sandbox.Cancel);

    private IAttestations Trusting(params TrustedKey[] keys) =>
        new CosignSigning(TimeProvider.System, _ => null).TrustedBy(keys, Tools(new Nobody()));

    private SigningTools Tools(IRunner runner) => new(runner, registry, sandbox["temporary"]);

    private TrustedKey KeyFile(string name, TestKey of)
    {
        Sandbox.Write(sandbox[name], of.Pem);
        return new TrustedKey(name) { Key = sandbox[name] };
    }
}
