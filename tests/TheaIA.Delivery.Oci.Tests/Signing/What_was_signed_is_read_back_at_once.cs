using System.Text.RegularExpressions;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Signing;
using TheaIA.Delivery.Oci.Tests.Given;
using TheaIA.Delivery.Oci.Tests.Signing.Given;

namespace TheaIA.Delivery.Oci.Tests.Signing;

public sealed class What_was_signed_is_read_back_at_once : IDisposable
{
    private readonly Sandbox sandbox = new();
    private readonly TestKey key = new();
    private readonly MemoryRegistry registry = new();
    private readonly QuietProgress progress = new();
    private readonly ScriptedCosign cosign;

    public What_was_signed_is_read_back_at_once()
    {
        Sandbox.Write(sandbox["cosign.key"], "its content is cosign's business");
        cosign = ScriptedCosign.Of2(key);
    }

    private string Short => registry.What.Short;

    private string Claims => $"[{TestKey.Document(registry.What.Digest)}]";

    [Fact]
    public async Task And_taken_by_cosign_itself()
    {
        cosign.On("sign ", Signs).On("verify ", 0, Claims);

        (await Signer.SignAsync(registry.What, Sandbox.Cancel)).ShouldBeTrue();

        cosign.Words.ShouldBe(["version", "signing-config", "public-key", "sign", "verify"]);
        var publicKey = cosign.Ran[^1].Arguments[2];
        (await File.ReadAllTextAsync(publicKey, Sandbox.Cancel)).ShouldBe(key.Pem);
    }

    [Fact]
    public async Task A_registry_that_forgets_is_told()
    {
        cosign.On("sign ", 0);

        (await SignErrorAsync()).ShouldBe(
            $"127.0.0.1:5000 forgot the signature for {Short} that it had just taken: ./build.sh Release makes it again."
        );
    }

    [Fact]
    public async Task A_registry_that_keeps_it_damaged_is_told()
    {
        cosign.On(
            "sign ",
            () =>
            {
                registry.Sign2(key);
                registry.DamageBlobs();
                return new CommandResult(0, "", "");
            }
        );

        (await SignErrorAsync()).ShouldMatch(
            $@"^127\.0\.0\.1:5000 keeps the signature for {Short} damaged \(sha256:[0-9a-f]{{12}} has another content\): delete that blob in its storage, then \./build\.sh Release makes it again\.$"
        );
    }

    [Theory]
    [InlineData(1, "no claims", "Error: no signatures found", "no signatures found")]
    [InlineData(0, "[]", "", "[]")]
    public async Task A_cosign_that_does_not_take_its_own_signature_is_told(
        int exitCode,
        string output,
        string error,
        string reason
    )
    {
        cosign.On("sign ", Signs).On("verify ", exitCode, output, error);

        (await SignErrorAsync()).ShouldBe(
            $"cosign does not take the signature of {Short} that it made ({reason}): ./build.sh Sign tries it again."
        );
    }

    [Fact]
    public async Task A_cosign_that_tells_of_another_image_is_not_believed()
    {
        cosign.On("sign ", Signs).On("verify ", 0, $"[{TestKey.Document(MemoryRegistry.Other)}]");

        (await SignErrorAsync()).ShouldStartWith("cosign does not take the signature of");
    }

    [Fact]
    public async Task A_registry_that_is_busy_is_asked_once_more()
    {
        cosign.On("sign ", Busy, Signs).On("verify ", 0, Claims);

        (await Signer.SignAsync(registry.What, Sandbox.Cancel)).ShouldBeTrue();

        cosign.Words.Count(w => w == "sign").ShouldBe(2);
    }

    [Fact]
    public async Task And_not_for_ever()
    {
        cosign.On("sign ", Busy);

        (await SignErrorAsync()).ShouldBe(
            $"cosign could not sign {Short} in 127.0.0.1:5000 (PUT x: unexpected status code 503 Service Unavailable): run the command again once that is mended."
        );
        cosign.Words.Count(w => w == "sign").ShouldBe(2);
    }

    [Fact]
    public async Task What_is_attested_already_is_left_alone()
    {
        Attest(Said.Lint());
        cosign.On("attest ", Attests);

        (await AttestAsync(Said.Lint(), Said.Tests)).ShouldBe(1);

        cosign.Words.Count(w => w == "attest").ShouldBe(1);
        progress.Seen.ShouldBe(["attesting tests", "verifying what was attested"]);
        (await AttestAsync(Said.Lint(), Said.Tests)).ShouldBe(0);
        cosign.Words.Count(w => w == "attest").ShouldBe(1);
    }

    [Fact]
    public async Task Another_verdict_is_attested_anew()
    {
        Attest(Said.Lint("fail"));
        cosign.On("attest ", Attests);

        (await AttestAsync(Said.Lint())).ShouldBe(1);
    }

    [Fact]
    public async Task An_index_is_attested_anew_when_it_lists_something_else()
    {
        Attest(Said.Index("a"));
        cosign.On("attest ", Attests);

        (await AttestAsync(Said.Index("a"))).ShouldBe(0);
        (await AttestAsync(Said.Index("b"))).ShouldBe(1);
    }

    [Fact]
    public async Task Of_one_type_the_new_one_takes_the_place_of_its_own()
    {
        Attest(Said.Lint("fail"));
        Attest(Said.Tests);
        cosign.On("attest ", Attests);

        await AttestAsync(Said.Lint());

        Attested.ShouldContain("--replace");
    }

    /// <summary>cosign would drop it, and with it what somebody else found.</summary>
    [Fact]
    public async Task But_not_of_anothers()
    {
        using var stranger = new TestKey();
        registry.Attest2(stranger, PredicateTypes.Lint, Said.Lint("fail").Predicate);
        cosign.On("attest ", Attests);

        await AttestAsync(Said.Lint());

        Attested.ShouldNotContain("--replace");
    }

    /// <summary>cosign reads them all first, and would stop there.</summary>
    [Fact]
    public async Task And_not_where_one_is_damaged()
    {
        Attest(Said.Tests);
        registry.DamageBlobs();
        cosign.On("attest ", Attests);

        await AttestAsync(Said.Lint());

        Attested.ShouldNotContain("--replace");
    }

    [Fact]
    public async Task Nor_does_cosign_3_which_keeps_them_all()
    {
        var three = ScriptedCosign.Of3(key);
        three.On("attest ", () => Attests(three.Ran[^1]));
        Attest(Said.Lint("fail"));

        await Signing(three).AttestAsync(registry.Release, [Said.Lint()], progress, Sandbox.Cancel);

        var typed = three.Ran[^1];
        typed.ToString().ShouldNotContain("--replace");
        (await File.ReadAllTextAsync(After(typed, "--signing-config"), Sandbox.Cancel)).ShouldBe(
            "{\"config\":1}"
        );
        (await File.ReadAllTextAsync(After(typed, "--trusted-root"), Sandbox.Cancel)).ShouldBe(
            "{\"root\":1}"
        );
    }

    [Fact]
    public async Task A_predicate_lies_in_a_file_only_as_long_as_cosign_reads_it()
    {
        string? read = null;
        cosign.On(
            "attest ",
            () =>
            {
                read = File.ReadAllText(After(cosign.Ran[^1], "--predicate"));
                return Attests();
            }
        );

        await AttestAsync(Said.Lint());

        read.ShouldBe(Said.Lint().Predicate);
        File.Exists(After(cosign.Ran[^1], "--predicate")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_registry_that_forgets_an_attestation_is_told()
    {
        cosign.On("attest ", 0);

        (await AttestErrorAsync()).ShouldBe(
            $"127.0.0.1:5000 forgot the attestation of lint for {Short} that it had just taken: ./build.sh Release makes it again."
        );
    }

    [Fact]
    public async Task A_registry_that_refuses_an_attestation_is_told()
    {
        cosign.On(
            "attest ",
            1,
            "",
            "Error: PUT x: DENIED: requested access to the resource is denied"
        );

        (await AttestErrorAsync()).ShouldBe(
            $"127.0.0.1:5000 does not let cosign attest lint of {Short} (PUT x: DENIED: requested access to the resource is denied): docker login 127.0.0.1:5000, then run the command again."
        );
    }

    [Fact]
    public async Task What_is_no_JSON_is_nobodys_predicate() =>
        (
            await Should.ThrowAsync<ArgumentException>(
                AttestAsync(new Attestation("lint", PredicateTypes.Lint, "no JSON"))
            )
        ).Message.ShouldBe("The predicate of lint is no JSON object.");

    [Fact]
    public async Task What_this_key_attested_is_told()
    {
        registry.Sign2(key);
        Attest(Said.Lint());

        var attested = await Signer.AttestedAsync(registry.Release, Sandbox.Cancel);

        attested
            .Checks.Select(c => (c.Gate, c.Verdict))
            .ShouldBe([("signature", Verdict.Pass), ("lint", Verdict.Pass)]);
        attested.Checks[0].Source.ShouldBe("signed by cosign.key");
    }

    [Fact]
    public async Task Two_runs_share_no_file()
    {
        registry.Sign2(key);
        await Signing(ScriptedCosign.Of3(key)).CheckAsync(Sandbox.Cancel);
        await Signing(ScriptedCosign.Of3(key)).CheckAsync(Sandbox.Cancel);

        var files = Directory.GetFiles(sandbox["temporary"]).Select(Path.GetFileName).ToList();

        files.Count.ShouldBe(6);
        files.ShouldAllBe(f =>
            Regex.IsMatch(f!, "^[0-9a-f]{32}-(cosign.pub|signing-config.json|trusted-root.json)$")
        );
    }

    public void Dispose()
    {
        sandbox.Dispose();
        key.Dispose();
    }

    private ISigner? signer;

    private ISigner Signer => signer ??= Signing(cosign);

    private string Attested => cosign.Ran.Single(r => r.Arguments[0] == "attest").ToString();

    private ISigner Signing(IRunner runner) =>
        new CosignSigning(new HastyTime(), _ => null).SignerWith(
            new SigningKey(sandbox["cosign.key"], null),
            new SigningTools(runner, registry, sandbox["temporary"])
        );

    private static CommandResult Busy() =>
        new(1, "", "Error: PUT x: unexpected status code 503 Service Unavailable");

    private CommandResult Signs()
    {
        registry.Sign2(key);
        return new CommandResult(0, "", "Pushing signature");
    }

    /// <summary>Does as cosign does: what it was given, by this key.</summary>
    private CommandResult Attests() => Attests(cosign.Ran[^1]);

    private CommandResult Attests(Command typed)
    {
        registry.Attest2(
            key,
            After(typed, "--type"),
            File.ReadAllText(After(typed, "--predicate"))
        );
        return new CommandResult(0, "", "");
    }

    private void Attest(Attestation said) =>
        registry.Attest2(key, said.PredicateType, said.Predicate);

    private static string After(Command command, string option) =>
        command.Arguments.SkipWhile(a => a != option).ElementAt(1);

    private Task<int> AttestAsync(params Attestation[] statements) =>
        Signer.AttestAsync(registry.Release, statements, progress, Sandbox.Cancel);

    private async Task<string> SignErrorAsync() =>
        await FailedAsync(Signer.SignAsync(registry.What, Sandbox.Cancel));

    private async Task<string> AttestErrorAsync() => await FailedAsync(AttestAsync(Said.Lint()));

    private static async Task<string> FailedAsync(Task doing)
    {
        var error = await Should.ThrowAsync<OutcomeException>(doing);
        error.Outcome.ShouldBe(Outcome.Failed);
        return error.Message;
    }
}
