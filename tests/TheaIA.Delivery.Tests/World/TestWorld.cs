using Microsoft.Extensions.Time.Testing;

namespace TheaIA.Delivery.Tests.World;

/// <summary>One machine with one place, and the people who deploy to it.</summary>
internal sealed class TestWorld
{
    private int _process = 4710;

    public FakeTimeProvider Time { get; } = new(new(2026, 11, 24, 14, 2, 0, TimeSpan.Zero));

    public Place Where { get; init; } = new("theaia-api", "development");

    public Policy Policy { get; set; } = Policy.Forgive;

    public bool OnThisMachine { get; set; }

    public IAttestations Attestations { get; set; } = new NoAttestations();

    public List<string> Lines { get; } = [];

    public LedgerHead? Anchor { get; set; }

    /// <summary>What is said of a head that cannot be read; null: it can.</summary>
    public string? AnchorBroken { get; set; }

    public Lease? Lease { get; set; }

    public HashSet<int> Dead { get; } = [];

    public Dictionary<string, Behaviour> Behaviours { get; } = [];

    public Behaviour DrillBehaviour { get; set; } = Behaviour.EndsAtStart;

    public HashSet<string> Gone { get; } = [];

    public string? PortTaken { get; set; }

    public string? Runs { get; set; }

    public DateTimeOffset Since { get; set; }

    public bool Unhealthy { get; set; }

    public TimeSpan StartTakes { get; set; } = TimeSpan.FromSeconds(1.1);

    /// <summary>Started and not yet the one that serves: a killed run leaves it.</summary>
    public List<string> Started { get; } = [];

    public List<Permit> Permits { get; } = [];

    public List<string> Ran { get; } = [];

    public IReadOnlyCollection<string> Kept { get; set; } = [];

    public Action<Permit>? BeforeApply { get; set; }

    public Action? BeforeAppend { get; set; }

    public LedgerHistory History =>
        LedgerHistory.Of(Where, [.. Lines.Select(l => LedgerLine.Read(l)!)]);

    public static Release Release(string commit, bool localOnly = false) =>
        new(
            new Claim("theaia-api", "sha256:" + string.Concat(Enumerable.Repeat(commit, 10))[..64]),
            (commit + new string('0', 40))[..40],
            $"0.1.0+{commit}"
        )
        {
            LocalOnly = localOnly,
        };

    public Person Person(
        string name = "ops-1",
        string? diesAt = null,
        int diesAtCall = 0,
        Func<DeployerSetup, DeployerSetup>? with = null
    )
    {
        var life = new Life(++_process, diesAt, diesAtCall);
        var setup = new DeployerSetup
        {
            Where = Where,
            Environment = new DeliveryEnvironment(Where.Environment, "http://localhost:8000")
            {
                Policy = Policy,
                OnThisMachine = OnThisMachine,
            },
            Platform = new TestPlatform(this, life),
            State = new TestStore(this, life),
            Registry = new TestRegistry(this, life),
            Time = Time,
            Owner = new LeaseOwner($"{name}@host", "host", life.Process, 1),
            Began = Time.GetUtcNow(),
            Attestations = Attestations,
            Reached = life.Reached,
        };
        return new Person(this, life, with?.Invoke(setup) ?? setup);
    }

    public async Task<string> DeployAsync(Release release, params Check[] claims)
    {
        Time.Advance(TimeSpan.FromMinutes(1));
        return await Person().DeployAsync(release, claims);
    }

    public async Task<string> RollbackAsync(string? to = null)
    {
        Time.Advance(TimeSpan.FromMinutes(1));
        return await Person().RollbackAsync(to);
    }

    /// <summary>Lets time pass until a command that waits has ended.</summary>
    public async Task<string> PassAsync(Task<string> command)
    {
        while (!command.IsCompleted)
        {
            Time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.WhenAny(command, Task.Delay(1));
        }

        return await command;
    }
}
