namespace TheaIA.Delivery;

/// <summary>What a <see cref="Deployer"/> works with: one place, its parts, and who is asking since when.</summary>
public sealed record DeployerSetup
{
    /// <summary>The place.</summary>
    public required Place Where { get; init; }

    /// <summary>Its environment, with the policy.</summary>
    public required DeliveryEnvironment Environment { get; init; }

    /// <summary>What runs releases there.</summary>
    public required IPlatform Platform { get; init; }

    /// <summary>Where its ledger and lease are kept.</summary>
    public required IStateStore State { get; init; }

    /// <summary>Where images lie; a rollback does not ask it.</summary>
    public required IRegistry Registry { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Who holds the lease: the person and this process.</summary>
    public required LeaseOwner Owner { get; init; }

    /// <summary>
    /// When the run was typed (build.sh's first line), to the millisecond: a rollback's clock starts
    /// here, and what others rolled back since then counts as done for this run too.
    /// </summary>
    public required DateTimeOffset Began { get; init; }

    /// <summary>Where attestations are found. Default: there are none.</summary>
    public IAttestations Attestations { get; init; } = new NoAttestations();

    /// <summary>Called at each named step, after it is durable: tests end the process there. Default: nothing.</summary>
    public Action<string> Reached { get; init; } = static _ => { };

    /// <summary>How long to wait for the lease. Default: 3 minutes.</summary>
    public TimeSpan LeaseWait { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>A person's rollback takes the lease from a deployment in progress after this. Default: 10 s.</summary>
    public TimeSpan TakeOverAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The time in which a rollback must be done (M10). Default: 90 s.</summary>
    public TimeSpan RollbackGoal { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>The time from build to deployment (M9). Default: 7 minutes.</summary>
    public TimeSpan BuildToDeploy { get; init; } = TimeSpan.FromMinutes(7);

    /// <summary>How long a deployed release is watched before it counts as verified. Default: zero, one look.</summary>
    public TimeSpan Bake { get; init; } = TimeSpan.Zero;

    /// <summary>The person as others read him: the owner without his machine.</summary>
    public string Actor
    {
        get
        {
            var machine = "@" + Owner.Machine;
            return Owner.Person.EndsWith(machine, StringComparison.Ordinal)
                ? Owner.Person[..^machine.Length]
                : Owner.Person;
        }
    }
}

/// <summary>The named steps of a run, in order; a platform reports its own between admitted and applied.</summary>
public static class Steps
{
    /// <summary>The lease is held.</summary>
    public const string Lease = "lease";

    /// <summary>There is a permit.</summary>
    public const string Admitted = "admitted";

    /// <summary>The intent is in the ledger.</summary>
    public const string Intent = "intent";

    /// <summary>The platform runs the release.</summary>
    public const string Applied = "applied";

    /// <summary>It was measured.</summary>
    public const string Verified = "verified";

    /// <summary>The end is in the ledger.</summary>
    public const string Recorded = "recorded";

    /// <summary>The lease was given back.</summary>
    public const string Released = "released";
}
