using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using TheaIA.Abstractions;
using TheaIA.Delivery.Tests.World;

namespace TheaIA.Delivery.Tests.Deployments;

/// <summary>Whatever people do in whatever order, and wherever a run is killed.</summary>
public sealed class AnySequenceTests
{
    private static readonly IReadOnlyList<Release> Releases =
    [
        TestWorld.Release("aaaaaa1"),
        TestWorld.Release("bbbbbb2"),
        TestWorld.Release("cccccc3"),
        TestWorld.Release("eeeeee5"),
        TestWorld.Release("ffffff6"),
        TestWorld.Release("0000007"),
    ];

    /// <summary>Coverage fails: it may never run.</summary>
    private static readonly Release Unadmitted = Releases[5];

    /// <summary>What a person does.</summary>
    public enum Act
    {
        Deploy,
        Rollback,
        RollbackTo,
        Unhold,
        Recover,
        Verify,
        Drill,
        Stop,
        ServiceDies,
    }

    /// <summary>One command; the run is killed at its n-th call, 0 never.</summary>
    public sealed record Command(Act Act, int Release, int KilledAt, bool Bad);

    [Property(MaxTest = 150, Arbitrary = [typeof(Commands)])]
    public async Task When_anything_happens_in_any_order_the_rules_hold(Command[] commands)
    {
        var world = new TestWorld();
        foreach (var command in commands)
        {
            await StepAsync(world, command);
        }
    }

    private static async Task StepAsync(TestWorld world, Command command)
    {
        world.Time.Advance(TimeSpan.FromMinutes(1));
        var release = Releases[command.Release];
        var digest = release.What.Digest;
        foreach (var other in Releases)
        {
            // what ran before can always come back here; that it cannot is a test of its own
            world.Behaviours[other.What.Digest] = Behaviour.Good;
        }

        world.Behaviours[digest] = (command.Bad, command.Act, command.Release) switch
        {
            (true, Act.Deploy, 3) => Behaviour.EndsAtStart,
            (true, Act.Deploy, 4) => Behaviour.MeasuredBad,
            (true, Act.Deploy, 2) => Behaviour.BadOnce,
            _ => Behaviour.Good,
        };
        world.DrillBehaviour = command.Bad ? Behaviour.Good : Behaviour.EndsAtStart;
        foreach (var drill in world.Behaviours.Keys.Where(IsDrill).ToList())
        {
            world.Behaviours[drill] = world.DrillBehaviour;
        }

        var (before, history) = (world.Runs, world.History);
        var permits = world.Permits.Count;
        var person = world.Person(diesAtCall: command.KilledAt);
        var screen = await ActAsync(world, person, command.Act, release);

        foreach (var permit in world.Permits.Skip(permits))
        {
            permit.What.Digest.ShouldNotBe(Unadmitted.What.Digest);
            if (permit is Permit.Back)
            {
                IsDrill(permit.What.Digest).ShouldBeFalse();
            }
        }

        if (!person.Crashed && command.Act != Act.ServiceDies)
        {
            world.Runs.ShouldBe(world.History.Runs, screen);
            (world.Lease?.Expires ?? DateTimeOffset.UnixEpoch).ShouldBe(DateTimeOffset.UnixEpoch);
            if (person.Outcome == Abstractions.Outcome.RolledBack && history.Open is null)
            {
                world.Runs.ShouldBe(before, screen);
            }

            if (screen.Contains("=> Rolled back", StringComparison.Ordinal) && history.Open is null)
            {
                ShouldBeARightTarget(world, history, command, screen);
            }
        }

        await RecoverAsync(world);
    }

    private static Task<string> ActAsync(TestWorld world, Person person, Act act, Release release)
    {
        switch (act)
        {
            case Act.Deploy:
                var verdict = release == Unadmitted ? Verdict.Fail : Verdict.Pass;
                return person.DeployAsync(
                    release,
                    new Check("coverage", release.What.Digest, verdict, "this run")
                );
            case Act.Rollback:
                return person.RollbackAsync();
            case Act.RollbackTo:
                return person.RollbackAsync(release.Name);
            case Act.Unhold:
                return person.UnholdAsync(release.Name);
            case Act.Recover:
                return person.RecoverAsync();
            case Act.Verify:
                return person.VerifyAsync();
            case Act.Drill:
                return person.DrillAsync();
            case Act.Stop:
                return person.StopAsync();
            default:
                world.Runs = null;
                return Task.FromResult("");
        }
    }

    private static void ShouldBeARightTarget(
        TestWorld world,
        LedgerHistory history,
        Command command,
        string screen
    )
    {
        var landed = world.Runs!;
        history.WasVerified(landed).ShouldBeTrue(screen);
        IsDrill(landed).ShouldBeFalse(screen);
        world.History.HoldOn(landed).ShouldBeNull(screen);
        if (command.Act == Act.Rollback)
        {
            history.HoldOn(landed).ShouldBeNull(screen);
        }
    }

    private static async Task RecoverAsync(TestWorld world)
    {
        // the recovery can be killed too: the next one still finds its way
        await world.Person(diesAtCall: 9).RecoverAsync();
        var person = world.Person();
        var screen = await person.RecoverAsync();

        person.Outcome.ShouldBe(Abstractions.Outcome.Done, screen);
        var history = world.History;
        history.Open.ShouldBeNull(screen);
        history.Runs.ShouldBe(world.Runs, screen);
        world.Started.ShouldBeEmpty(screen);
        history.Verified.ShouldAllBe(r => !IsDrill(r.What.Digest) && r != Unadmitted);
        history.UndoTargets(null).ShouldAllBe(r => history.HoldOn(r.What.Digest) == null);
        (world.Runs is null || !IsDrill(world.Runs)).ShouldBeTrue(screen);
        world.Runs.ShouldNotBe(Unadmitted.What.Digest);
        history.Entries.Select(e => e.Seq).ShouldBe(Enumerable.Range(1, history.Entries.Count));
    }

    private static bool IsDrill(string digest) =>
        digest.StartsWith("sha256:ffffffffff", StringComparison.Ordinal);

    /// <summary>Sequences in which deployments and rollbacks are as frequent as in a bad week.</summary>
    internal static class Commands
    {
        public static Arbitrary<Command[]> Any() =>
            (
                from acts in Gen.Choose(1, 14)
                from commands in Gen.ArrayOf(One(), acts)
                select commands
            ).ToArbitrary();

        private static Gen<Command> One() =>
            from act in Gen.Frequency(
                (6, Gen.Constant(Act.Deploy)),
                (4, Gen.Constant(Act.Rollback)),
                (1, Gen.Elements(Enum.GetValues<Act>()))
            )
            from release in Gen.Choose(0, Releases.Count - 1)
            from killed in Gen.Frequency((2, Gen.Constant(0)), (3, Gen.Choose(1, 60)))
            from bad in Gen.Elements(true, false)
            select new Command(act, release, killed, bad);
    }
}
