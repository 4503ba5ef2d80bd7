namespace TheaIA.Delivery;

/// <summary>An environment as the build program declares it.</summary>
/// <param name="Name">Its name: <c>development</c>.</param>
/// <param name="Address">Where it answers: <c>https://api.theaia.com</c>.</param>
public sealed record DeliveryEnvironment(string Name, string Address)
{
    /// <summary>What is wanted before a release may run there. Default: <see cref="Delivery.Policy.Strict"/>.</summary>
    public Policy Policy { get; init; } = Policy.Strict;

    /// <summary>
    /// It is on this machine, so that a release without a base image may run there although the policy
    /// is strict (a rehearsal). Default: false.
    /// </summary>
    public bool OnThisMachine { get; init; }

    /// <summary>
    /// Options that a command has to repeat to see what this run saw: <c> --registry HOST/NAME</c>, with a blank
    /// before each. Default: none.
    /// </summary>
    public string Options { get; init; } = "";

    /// <summary>Makes the platform that runs releases there. Null: there is none yet, Deploy says so (exit 2).</summary>
    public Func<DeliveryContext, IPlatform>? Platform { get; init; }

    /// <summary>Who this process is, for the lease, in words that the store understands. Null with <see cref="Platform"/>.</summary>
    public Func<LeaseOwner>? Owner { get; init; }

    /// <summary>Makes the store of its ledger and lease. Null with <see cref="Platform"/>.</summary>
    public Func<DeliveryContext, IStateStore>? State { get; init; }
}

/// <summary>What an environment needs to make its platform and store.</summary>
/// <param name="StateRoot">$THEAIA_STATE: this user's state on this machine.</param>
/// <param name="Registry">Where images lie.</param>
/// <param name="Time">The clock.</param>
public sealed record DeliveryContext(string StateRoot, IRegistry Registry, TimeProvider Time)
{
    /// <summary>Overrides the environment's port (<c>--port</c>). Null: as declared.</summary>
    public int? Port { get; init; }

    /// <summary>Called at each named step, after it is durable: tests end the process there. Default: nothing.</summary>
    public Action<string> Reached { get; init; } = static _ => { };
}
