using System.Globalization;
using TheaIA.Abstractions;
using TheaIA.Delivery.Local.Images;
using TheaIA.Delivery.Local.Places;
using TheaIA.Delivery.Local.Processes;
using TheaIA.Delivery.Local.State;

namespace TheaIA.Delivery.Local.Platform;

/// <summary>Runs releases as processes of this user behind a front (Linux).</summary>
/// <param name="environment">The environment's name.</param>
/// <param name="port">The declared port of the front.</param>
/// <param name="context">State, registry, clock.</param>
internal sealed class LocalPlatform(string environment, int port, DeliveryContext context)
    : IPlatform
{
    private readonly LocalSetup _setup = new(context, new Surroundings(context.Time));

    // what was measured while this process switched to a release
    private (string Digest, int Failed)? _switched;

    /// <inheritdoc/>
    public string Address => $"http://localhost:{PortOf(Kept())}";

    /// <inheritdoc/>
    public Task CheckAsync(Place place, CancellationToken cancel)
    {
        RequireLinux(OperatingSystem.IsLinux(), environment);
        var folder = Folder(place);
        var wanted = PortOf(folder.Port);
        var sockets = Ports.Sockets(wanted);
        if (sockets.Count > 0)
        {
            Refuse(folder, wanted, Ports.Holder(sockets));
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<Delivery.Running?> RunningAsync(Place place, CancellationToken cancel)
    {
        var folder = Folder(place);
        var current = folder.ReadCurrent();
        if (folder.Serving(current) is not { } serving)
        {
            return null;
        }
        var wanted = PortOf(folder.Port);
        try
        {
            await Front(folder).EnsureAsync(wanted, cancel);
        }
        catch (NotUpException)
        {
            // the port was taken meanwhile: it runs, and is not healthy, which is said below
        }
        var answer = await Loopback.GetAsync($"http://127.0.0.1:{wanted}/health/ready", cancel);
        return new Delivery.Running(
            serving.Digest,
            File.GetLastWriteTimeUtc(folder.CurrentFile),
            answer.IsOk,
            answer.IsOk ? 1 : 0
        );
    }

    /// <inheritdoc/>
    public async Task ApplyAsync(
        Permit permit,
        Lease lease,
        IProgressReport progress,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(permit);
        var folder = await FencedAsync(permit.Where, lease, cancel);
        await CheckAsync(permit.Where, cancel);
        var runs = await RunningAsync(permit.Where, cancel);
        if (!string.Equals(runs?.Digest, permit.InsteadOf, StringComparison.Ordinal))
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"{permit.Where} runs {Name(runs?.Digest)} now and not {Name(permit.InsteadOf)}, which this was to replace: nothing was switched. ./build.sh Status shows what runs."
            );
        }
        var failed = await new Applying(_setup, folder, PortOf(folder.Port)).RunAsync(
            permit,
            lease,
            runs,
            progress,
            cancel
        );
        _switched = failed is { } count ? (permit.What.Digest, count) : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Check>> VerifyAsync(
        Place place,
        string digest,
        CancellationToken cancel
    )
    {
        var folder = Folder(place);
        var verification = new Verification(folder, PortOf(folder.Port));
        var checks = await verification.RunAsync(digest, cancel);
        return
            _switched is { } switched
            && string.Equals(switched.Digest, digest, StringComparison.Ordinal)
            ? [.. checks, Verification.Requests(digest, switched.Failed)]
            : checks;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ReapAsync(Place place, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var folder = Folder(place);
        folder.TidyAside();
        return await new Reaping(folder, Roots(folder), _setup.Around).AllButAsync(
            folder.ReadCurrent()
        );
    }

    /// <inheritdoc/>
    public async Task<LedgerHead?> AnchorAsync(
        Place place,
        LedgerHead? head,
        CancellationToken cancel
    )
    {
        var folder = Folder(place);
        if (head is null)
        {
            return Read();
        }
        using var held = await folder.LockAsync(context.Time, cancel);
        folder.TidyAside();
        // of two runs that append one after the other, the first may come here last
        if (Read() is { } kept && kept.Length > head.Length)
        {
            return kept;
        }
        LocalJson.Write(folder.LedgerHead, head, LocalJson.Default.LedgerHead);
        return head;

        LedgerHead? Read() => LocalJson.Read(folder.LedgerHead, LocalJson.Default.LedgerHead);
    }

    /// <inheritdoc/>
    public Task TidyAsync(Place place, IReadOnlyCollection<string> keep, CancellationToken cancel)
    {
        var folder = Folder(place);
        var kept = new HashSet<string>(keep, StringComparer.Ordinal);
        kept.UnionWith(folder.Processes().Select(p => p.Digest));
        if (folder.ReadCurrent() is { } current)
        {
            kept.Add(current.Digest);
        }
        Roots(folder).Keep(kept);
        folder.TidyLogs();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> CanStartAsync(Claim claim, Place place, CancellationToken cancel) =>
        Roots(Folder(place)).CanStartAsync(claim, cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> LogsAsync(Place place, int lines, CancellationToken cancel)
    {
        var folder = Folder(place);
        var generation = folder.ReadCurrent()?.Generation ?? folder.Last();
        return Task.FromResult(ServiceLog.Tail(folder.LogOf(generation), lines));
    }

    /// <inheritdoc/>
    public async Task<bool> StopAsync(Place place, Lease lease, CancellationToken cancel)
    {
        var folder = await FencedAsync(place, lease, cancel);
        var ran = folder.Processes().Count > 0;
        await new Reaping(folder, Roots(folder), _setup.Around).AllButAsync(null);
        ran |= await Front(folder).StopAsync();
        folder.WriteCurrent(null);
        return ran;
    }

    /// <summary>Sessions and /proc are Linux's.</summary>
    internal static void RequireLinux(bool isLinux, string environment)
    {
        if (!isLinux)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"{environment} runs releases as local processes, which needs Linux: ./build.sh Serve runs the service here."
            );
        }
    }

    private static string Name(string? digest) =>
        digest is null ? "nothing" : new Claim("", digest).Short;

    private static void Refuse(PlaceFolder folder, int port, ProcessInfo? holder)
    {
        if (holder is not null && FrontProgram.PlaceFileOf(holder) is { } file)
        {
            if (!string.Equals(file, folder.CurrentFile, StringComparison.Ordinal))
            {
                throw new OutcomeException(
                    Outcome.Wrong,
                    $"Port {port} is taken by the front of another place ({Path.GetDirectoryName(file)}): choose another with --port."
                );
            }
            return;
        }
        var who = holder?.ToString() ?? "a process of another user";
        throw new OutcomeException(
            Outcome.Wrong,
            $"Port {port} is taken by {who}, which this pipeline did not start."
        );
    }

    private async Task<PlaceFolder> FencedAsync(Place place, Lease lease, CancellationToken cancel)
    {
        if (lease.Where != place)
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"The lease is for {lease.Where} and not for {place}: nothing was changed."
            );
        }
        var folder = Folder(place);
        using var held = await folder.LockAsync(context.Time, cancel);
        folder.TidyAside();
        folder.Pass(lease);
        return folder;
    }

    // a --port of an earlier command holds until Stop, so that Rollback and Status find what runs
    private int PortOf(string? kept) =>
        context.Port
        ?? (
            kept is not null && File.Exists(kept)
                ? int.Parse(File.ReadAllText(kept), CultureInfo.InvariantCulture)
                : port
        );

    private string? Kept()
    {
        var places = Path.Combine(context.StateRoot, "places");
        return Directory.Exists(places)
            ? Directory
                .EnumerateDirectories(places)
                .Select(service => Path.Combine(service, environment, "port"))
                .FirstOrDefault(File.Exists)
            : null;
    }

    private PlaceFolder Folder(Place place) => new(context.StateRoot, place);

    private ImageRoots Roots(PlaceFolder folder) => new(context.Registry, folder);

    private FrontProgram Front(PlaceFolder folder) => new(folder, context.StateRoot, _setup.Around);
}
