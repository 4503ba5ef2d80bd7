using TheaIA.Abstractions;
using TheaIA.Delivery.Tests.World;

namespace TheaIA.Delivery.Tests.AdmissionRules;

public sealed class AdmissionTests
{
    private static readonly Release A = TestWorld.Release("aaaaaa1");
    private static readonly Release B = TestWorld.Release("bbbbbb2");
    private static readonly Policy Two = new(["tests", "coverage"], Forgiving: false);
    private readonly TestWorld _world = new() { Where = new Place("theaia-api", "rehearsal") };

    [Fact]
    public async Task When_nobody_made_the_checks_a_strict_place_names_each()
    {
        _world.Policy = Policy.Strict;

        (await _world.DeployAsync(A)).ShouldBe(
            """
            exit 3: aaaaaa1 may not run in rehearsal: 8 of 8 checks did not pass.
              unknown  signature        no signed attestation for sha256:aaaaaa1aaaaa: nobody made this check
              unknown  tests            no signed attestation for sha256:aaaaaa1aaaaa: nobody made this check
              unknown  coverage         no signed attestation for sha256:aaaaaa1aaaaa: nobody made this check
              unknown  lint             no signed attestation for sha256:aaaaaa1aaaaa: nobody made this check
              unknown  scan             no signed attestation for sha256:aaaaaa1aaaaa: nobody made this check
              unknown  vulnerabilities  no signed attestation for sha256:aaaaaa1aaaaa: nobody made this check
              unknown  sbom             no signed attestation for sha256:aaaaaa1aaaaa: nobody made this check
              unknown  provenance       no signed attestation for sha256:aaaaaa1aaaaa: nobody made this check
              rehearsal trusts no key yet: --trusted-key FILE, or trustedKeys in .nuke/policy/rehearsal.json
            => Nothing was deployed. All checks: ./build.sh Gates --environment rehearsal --release aaaaaa1
            """
        );
        _world.Runs.ShouldBeNull();
        _world.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_this_run_claims_a_pass_a_strict_place_does_not_count_it()
    {
        _world.Policy = Two;

        var screen = await _world.DeployAsync(A, Said("tests"), Said("coverage"));

        screen.ShouldContain(
            "exit 3: aaaaaa1 may not run in rehearsal: 2 of 2 checks did not pass."
        );
    }

    [Theory]
    [InlineData(Verdict.Pass, true)]
    [InlineData(Verdict.Waived, true)]
    [InlineData(Verdict.Unknown, false)]
    [InlineData(Verdict.Fail, false)]
    public async Task When_it_is_attested_a_strict_place_lets_pass_and_waived_in(
        Verdict verdict,
        bool runs
    )
    {
        _world.Policy = Two;
        _world.Attestations = new AttestedHere(Said("tests"), Said("coverage", verdict));

        await _world.DeployAsync(A);

        (_world.Runs is not null).ShouldBe(runs);
    }

    [Fact]
    public async Task When_it_is_attested_for_another_digest_it_does_not_count()
    {
        _world.Policy = Two;
        _world.Attestations = new AttestedHere(
            Said("tests"),
            Said("coverage") with
            {
                Digest = B.What.Digest,
            }
        );

        (await _world.DeployAsync(A)).ShouldContain(
            "  unknown  coverage  no signed attestation for sha256:aaaaaa1aaaaa: nobody made this check"
        );
    }

    [Fact]
    public async Task When_this_run_found_a_fail_a_forgiving_place_says_no_too()
    {
        var fail = Said("coverage", Verdict.Fail) with { Value = "97.1 % [>= 98 %]" };

        (await _world.DeployAsync(A, fail)).ShouldBe(
            """
            exit 3: aaaaaa1 may not run in rehearsal: 1 of 8 checks did not pass.
              unknown  signature        no signed attestation for sha256:aaaaaa1aaaaa: nobody made this check
              unknown  tests            no signed attestation for sha256:aaaaaa1aaaaa: nobody made this check
              fail     coverage         97.1 % [>= 98 %]  this run
              unknown  lint             no signed attestation for sha256:aaaaaa1aaaaa: nobody made this check
              unknown  scan             no signed attestation for sha256:aaaaaa1aaaaa: nobody made this check
              unknown  vulnerabilities  no signed attestation for sha256:aaaaaa1aaaaa: nobody made this check
              unknown  sbom             no signed attestation for sha256:aaaaaa1aaaaa: nobody made this check
              unknown  provenance       no signed attestation for sha256:aaaaaa1aaaaa: nobody made this check
            => Nothing was deployed. All checks: ./build.sh Gates --environment rehearsal --release aaaaaa1
            """
        );
    }

    [Theory]
    [InlineData(Verdict.Waived, Verdict.Fail, Verdict.Waived)]
    [InlineData(Verdict.Pass, Verdict.Fail, Verdict.Fail)]
    [InlineData(Verdict.Pass, Verdict.Unknown, Verdict.Pass)]
    public async Task When_answers_differ_a_waiver_stands_over_a_fail_over_a_pass(
        Verdict attested,
        Verdict claimed,
        Verdict counts
    )
    {
        _world.Attestations = new AttestedHere(Said("tests", attested));

        var checks = await _world
            .Person()
            .Deployer.GatesAsync(A, [Said("tests", claimed)], CancellationToken.None);

        checks.Single(c => c.Gate == "tests").Verdict.ShouldBe(counts);
    }

    [Fact]
    public async Task When_a_release_is_held_that_is_said_before_its_checks()
    {
        await _world.DeployAsync(A);
        await _world.DeployAsync(B);
        await _world.RollbackAsync();
        _world.Policy = Policy.Strict;

        (await _world.DeployAsync(B)).ShouldBe(
            """
            exit 3: bbbbbb2 is held in rehearsal since 14:05 (ops-1: rolled back to aaaaaa1). To let it in again: ./build.sh Unhold --environment rehearsal --release bbbbbb2 --reason ...
            => Nothing was deployed: bbbbbb2 is held in rehearsal.
            """
        );
    }

    [Fact]
    public async Task When_it_is_held_while_the_lease_is_waited_for_admission_says_so()
    {
        await _world.DeployAsync(A);
        await _world.DeployAsync(B);
        await _world.RollbackAsync();

        var refused = await Should.ThrowAsync<OutcomeException>(() =>
            new Admission(
                new DeliveryEnvironment("rehearsal", "") { Policy = Policy.Forgive },
                new NoAttestations(),
                _world.Time
            ).AdmitAsync(B, _world.History, A.What.Digest, [], CancellationToken.None)
        );

        refused.Message.ShouldStartWith("bbbbbb2 is held in rehearsal since 14:05");
    }

    [Fact]
    public async Task When_asked_before_a_build_it_refuses_as_a_deployment_would()
    {
        await _world.DeployAsync(A);
        await _world.DeployAsync(B);
        await _world.RollbackAsync();
        var lines = _world.Lines.Count;

        (await EarlyAsync(B)).ShouldStartWith("exit 3: bbbbbb2 is held in rehearsal");
        (await EarlyAsync(A)).ShouldBe("");
        _world.PortTaken = "Port 8001 is taken by process 4711.";
        (await EarlyAsync(null)).ShouldBe("exit 2: Port 8001 is taken by process 4711.");
        _world.Policy = Policy.Strict;
        (await EarlyAsync(A)).ShouldStartWith("exit 3: aaaaaa1 may not run in rehearsal");
        _world.Lines.Count.ShouldBe(lines);

        Task<string> EarlyAsync(Release? release)
        {
            var person = _world.Person();
            return person.SeeAsync(c => person.Deployer.RefuseEarlyAsync(release, c));
        }
    }

    [Theory]
    [InlineData("bbbbbb2", true)]
    [InlineData("0.1.0+bbbbbb2", true)]
    [InlineData("bbbbbb2000000000000000000000000000000000", true)]
    [InlineData("aaaaaa1", false)]
    public async Task When_asked_before_a_build_it_says_what_is_held(string reference, bool held)
    {
        await _world.DeployAsync(A);
        await _world.DeployAsync(B);
        await _world.RollbackAsync();

        var hold = await _world.Person().Deployer.HeldAsync(reference, CancellationToken.None);

        (hold is not null).ShouldBe(held);
    }

    [Theory]
    [InlineData("bbbbbb2", false)]
    [InlineData("bbbbbb2+changes", true)]
    [InlineData("sha256:bbbbbb2bbbbb", true)]
    public async Task When_what_is_held_had_changes_its_commit_alone_is_not_held(
        string reference,
        bool held
    )
    {
        await _world.DeployAsync(A);
        await _world.DeployAsync(B with { Dirty = true });
        await _world.RollbackAsync();

        var hold = await _world.Person().Deployer.HeldAsync(reference, CancellationToken.None);

        (hold is not null).ShouldBe(held);
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, true, true)]
    [InlineData(true, false, true)]
    public async Task When_it_has_no_base_image_it_runs_on_this_machine_only(
        bool forgiving,
        bool onThisMachine,
        bool runs
    )
    {
        _world.Policy = new Policy(["tests"], forgiving);
        _world.OnThisMachine = onThisMachine;
        _world.Attestations = new AttestedHere(Said("tests"));

        var screen = await _world.DeployAsync(A with { LocalOnly = true });

        (_world.Runs is not null).ShouldBe(runs);
        if (!runs)
        {
            screen.ShouldBe(
                "exit 3: aaaaaa1 stands on no base image and runs on this machine only, not in "
                    + "rehearsal."
            );
        }
    }

    [Fact]
    public async Task When_making_it_took_too_long_a_strict_place_says_no()
    {
        _world.Policy = Two;
        _world.Attestations = new AttestedHere(Said("tests"), Said("coverage"));

        (await _world.DeployAsync(A with { MadeIn = TimeSpan.FromMinutes(7.5) })).ShouldBe(
            "exit 3: Making aaaaaa1 took 7 min 30 s, over the 7 min from build to deployment. "
                + "Nothing was deployed; ./build.sh Release makes it again."
        );
    }

    [Fact]
    public async Task When_the_image_before_is_gone_a_strict_place_says_no()
    {
        _world.Policy = new Policy([], Forgiving: false);
        await _world.DeployAsync(A);
        _world.Gone.Add(A.What.Digest);

        (await _world.DeployAsync(B)).ShouldBe(
            "exit 3: aaaaaa1 runs in rehearsal and could not be started again after bbbbbb2: its image "
                + "is gone. Push it again, then ./build.sh Deploy."
        );
    }

    [Fact]
    public async Task When_nobody_can_measure_it_a_strict_place_calls_it_unverified_until_Verify()
    {
        _world.Policy = new Policy([], Forgiving: false);
        await _world.DeployAsync(A);
        _world.Behaviours[B.What.Digest] = Behaviour.NotMeasurable;

        (await _world.DeployAsync(B)).ShouldEndWith(
            """
            exit 3: bbbbbb2 runs in rehearsal, but nobody could measure it: metrics: no answer in 10 s. An unknown is not a pass.
            => bbbbbb2 runs unverified in rehearsal. ./build.sh Verify --environment rehearsal completes it.
            """
        );
        _world.Runs.ShouldBe(B.What.Digest);
        (await _world.Person().VerifyAsync()).ShouldContain(
            "exit 3: bbbbbb2 runs in rehearsal, but"
        );
        _world.History.WasVerified(B.What.Digest).ShouldBeFalse();

        _world.Behaviours[B.What.Digest] = Behaviour.Good;
        await _world.Person().VerifyAsync();

        _world.History.WasVerified(B.What.Digest).ShouldBeTrue();
    }

    [Fact]
    public async Task When_it_bakes_it_is_watched_to_the_end()
    {
        var person = _world.Person(with: s => s with { Bake = TimeSpan.FromSeconds(10) });
        _world.Behaviours[A.What.Digest] = Behaviour.NotMeasurable;

        var deploying = person.DeployAsync(A);
        deploying.IsCompleted.ShouldBeFalse();
        _world.Behaviours[A.What.Digest] = Behaviour.Good;
        await _world.PassAsync(deploying);

        _world.History.WasVerified(A.What.Digest).ShouldBeTrue();
        _world.History.Entries[^1].Seconds!["deploy"].ShouldBeGreaterThan(10);
    }

    private static Check Said(string gate, Verdict verdict = Verdict.Pass) =>
        new(gate, A.What.Digest, verdict, "this run");

    private sealed class AttestedHere(params Check[] checks) : IAttestations
    {
        public Task<Attested> AttestedAsync(Release release, CancellationToken cancel) =>
            Task.FromResult(new Attested(checks));
    }
}
