using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using TheaIA.Delivery;
using TheaIA.Toolchains;

namespace TheaIA.Components;

/// <summary>
/// What the targets of one run share: the service, its store, and for each environment the deployer.
/// Refuses, in this order: unknown environment, dirty tree, no platform yet.
/// </summary>
internal sealed class DeliverySession
{
    private static readonly ConditionalWeakTable<INukeBuild, DeliverySession> Sessions = [];

    private const int MostPort = 65535;

    private readonly IHaveDelivery _build;
    private readonly Lazy<Task<GitFacts>> _git;
    private readonly ConcurrentDictionary<string, IAttestations> _attestations = new(
        StringComparer.Ordinal
    );

    private DeliverySession(IHaveDelivery build)
    {
        _build = build;
        Service = Declared.Service(build);
        StateRoot = Delivery.StateRoot.Open(System.Environment.GetEnvironmentVariable);
        Registry = build.Registry is { } repository
            ? build.RegistryAt(repository, StateRoot)
            : build.StoreOn(StateRoot);
        Environments = Declared.Of<DeliveryEnvironment>(build);
        _git = new(() =>
            Git.FactsAsync(TargetContext.Runner, NukeBuild.RootDirectory, CancellationToken.None)
        );
    }

    public Service Service { get; }

    public string StateRoot { get; }

    /// <summary>The registry that was named; else this machine's store.</summary>
    public IRegistry Registry { get; }

    /// <summary>Whether a registry was named: only there can a digest be signed.</summary>
    public bool IsRemote => _build.Registry is not null;

    /// <summary>The repository that releases lie in: HOST/REPOSITORY, or the service's name in this machine's store.</summary>
    public string Repository => _build.Registry ?? Service.Name;

    /// <summary>What signing and its checks work with.</summary>
    public SigningTools SigningTools =>
        new(TargetContext.Runner, Registry, NukeBuild.TemporaryDirectory / "signing");

    public IReadOnlyList<DeliveryEnvironment> Environments { get; }

    /// <summary>The session of a build program; one a run.</summary>
    public static DeliverySession Of(IHaveDelivery build) =>
        Sessions.GetValue(build, static b => new((IHaveDelivery)b));

    /// <summary>Commit, branch and changes of the checkout, asked once a run.</summary>
    public Task<GitFacts> GitAsync() => _git.Value;

    /// <summary>
    /// The environment that this run is about, for the way back and for a look: what its policy's file got
    /// wrong stops neither.
    /// </summary>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: there is no such environment, or a CI server did not name one.
    /// </exception>
    public DeliveryEnvironment Environment() => Named(PolicyFile.ReadOrStrict);

    /// <summary>The environment that this run brings something into, by the policy of its file.</summary>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: there is no such environment, a CI server did not name one, the
    /// policy's file is broken, or the port is that of another environment.
    /// </exception>
    public DeliveryEnvironment Forward()
    {
        var environment = Named(PolicyFile.Read);
        RefusePortOfAnother(environment);
        return environment;
    }

    private DeliveryEnvironment Named(ReadPolicy policy)
    {
        if (_build.Environment is null && NukeBuild.IsServerBuild)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"On a CI server the environment must be named: --environment {Names(" or ")}."
            );
        }
        return Find(
            _build.Environment ?? (Environments.Count > 0 ? Environments[0].Name : ""),
            policy
        );
    }

    /// <summary>Refuses an environment that is named and not declared, where it makes no other difference.</summary>
    public void RefuseUnknownEnvironment()
    {
        if (_build.Environment is { } named)
        {
            _ = Find(named, PolicyFile.ReadOrStrict);
        }
    }

    /// <summary>The deployer of an environment that has a platform.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: its platform is not here yet.</exception>
    public Deployer Deployer(DeliveryEnvironment environment)
    {
        if (
            environment.Platform is not { } platform
            || environment.State is not { } state
            || environment.Owner is not { } owner
        )
        {
            throw NoPlatform(environment);
        }
        var context = Context(environment);
        return new Deployer(
            new()
            {
                Where = new Place(Service.Name, environment.Name),
                Environment = environment,
                Platform = platform(context),
                State = state(context),
                Registry = Registry,
                Attestations = Attestations(environment),
                Time = TimeProvider.System,
                Owner = owner(),
                Began = TargetContext.RunStarted,
                Reached = _build.Reached,
                RollbackGoal = _build.Goals.Rollback,
                BuildToDeploy = _build.Goals.BuildToDeploy,
            }
        );
    }

    /// <summary>What this run's image is, as DockerBuild left it here: a claim, of the repository that this run names.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: no image was built here.</exception>
    public Release Made(AbsolutePath imageDirectory)
    {
        var made = ReleaseClaim.Read(imageDirectory);
        return made with { What = made.What with { Repository = Repository } };
    }

    /// <summary>
    /// What is attested, by the keys that an environment trusts. Asked once a run for each release: Deploy
    /// asks before anything is built, and again when it holds the lease.
    /// </summary>
    public IAttestations Attestations(DeliveryEnvironment environment) =>
        _attestations.GetOrAdd(
            environment.Name,
            _ =>
                IsRemote && environment.Policy.TrustedKeys.Count > 0
                    ? new AskedOnce(
                        _build.Signing.TrustedBy(environment.Policy.TrustedKeys, SigningTools)
                    )
                    : new NoAttestations()
        );

    private DeliveryContext Context(DeliveryEnvironment environment) =>
        new(StateRoot, Registry, TimeProvider.System)
        {
            Port = IsMovable(environment) ? new Uri(environment.Address).Port : null,
            Reached = _build.Reached,
        };

    /// <summary>Why nothing can be done in an environment that is declared with name and address only.</summary>
    public OutcomeException NoPlatform(DeliveryEnvironment environment) =>
        new(
            Outcome.Wrong,
            $"{environment.Name} ({environment.Address}) has no platform yet: "
                + $"{string.Join(" and ", Environments.Where(e => e.Platform is not null).Select(e => e.Name))} have one."
        );

    /// <summary>
    /// An environment as this run looks at it: with the policy of its file, and with <c>--port</c>,
    /// development's place on that port.
    /// </summary>
    public DeliveryEnvironment Seen(DeliveryEnvironment declared) =>
        Seen(declared, PolicyFile.ReadOrStrict);

    /// <summary>The places on other ports that were ever deployed to, in the order of their names.</summary>
    public IReadOnlyList<DeliveryEnvironment> Moved() =>
        [
            .. Environments
                .Where(e => e.Policy.Forgiving)
                .Select(e => e.State?.Invoke(Context(e)))
                .OfType<IStateStore>()
                .SelectMany(store => store.EnvironmentsOf(Service.Name))
                .Distinct(StringComparer.Ordinal)
                .Select(name => Moved(name, PolicyFile.ReadOrStrict))
                .OfType<DeliveryEnvironment>(),
        ];

    private DeliveryEnvironment Seen(DeliveryEnvironment declared, ReadPolicy policy)
    {
        var seen = declared with
        {
            Policy = Trusting(policy(NukeBuild.RootDirectory, declared)),
            Options =
                Option("registry", _build.Registry) + Option("trusted-key", _build.TrustedKey),
        };
        return
            _build.Port is { } port && declared.Policy.Forgiving && !IsDeclaredPort(declared, port)
            ? OnPort(seen, port)
            : seen;
    }

    private DeliveryEnvironment Find(string name, ReadPolicy policy)
    {
        if (Environments.FirstOrDefault(e => e.Name == name) is { } declared)
        {
            return Seen(declared, policy);
        }
        return Moved(name, policy)
            ?? throw new OutcomeException(
                Outcome.Wrong,
                $"There is no environment '{name}': {Names(", ")} are declared in build/Build.cs."
            );
    }

    // development-8100, as the place on another port calls itself; null: no such name
    private DeliveryEnvironment? Moved(string name, ReadPolicy policy)
    {
        var dash = name.LastIndexOf('-');
        return
            dash > 0
            && int.TryParse(
                name[(dash + 1)..],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var port
            )
            && port is >= 1 and <= MostPort
            && Environments.FirstOrDefault(e => e.Name == name[..dash] && e.Policy.Forgiving)
                is { } moved
            ? OnPort(moved with { Policy = Trusting(policy(NukeBuild.RootDirectory, moved)) }, port)
            : null;
    }

    private static string Option(string name, string? value) =>
        value is null ? "" : $" --{name} {value}";

    // the key of the command line stands in place of the policy's, so that one can be tried alone
    private Policy Trusting(Policy policy) =>
        _build.TrustedKey is { } file
            ? policy with
            {
                TrustedKeys = [TrustedKeys.Of(file, NukeBuild.RootDirectory)],
            }
            : policy;

    private string Names(string between) => string.Join(between, Environments.Select(e => e.Name));

    // another port is another place, with its own ledger, so that nothing is said of both at once
    private static DeliveryEnvironment OnPort(DeliveryEnvironment declared, int port) =>
        declared with
        {
            Name = FormattableString.Invariant($"{declared.Name}-{port}"),
            Address = FormattableString.Invariant($"http://localhost:{port}"),
        };

    // what runs there answers at an address that promises another policy
    private void RefusePortOfAnother(DeliveryEnvironment environment)
    {
        var port = new Uri(environment.Address).Port;
        if (
            Environments.FirstOrDefault(e =>
                e.Name != environment.Name
                && new Uri(e.Address).IsLoopback
                && IsDeclaredPort(e, port)
            )
                is { } other
            && IsMovable(environment)
        )
        {
            throw new OutcomeException(
                Outcome.Wrong,
                FormattableString.Invariant(
                    $"Port {port} is that of {other.Name}, whose policy would be gone round: give --port another number."
                )
            );
        }
    }

    // by what is declared: a file that makes the place stricter does not move it
    private bool IsMovable(DeliveryEnvironment environment) =>
        Environments.Any(e =>
            e.Policy.Forgiving
            && (
                e.Name == environment.Name
                || environment.Name.StartsWith(e.Name + "-", StringComparison.Ordinal)
            )
        );

    private static bool IsDeclaredPort(DeliveryEnvironment declared, int port) =>
        new Uri(declared.Address).Port == port;
}
