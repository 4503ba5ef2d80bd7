namespace TheaIA.Delivery;

/// <summary>
/// What a place's ledger says: a pure function of its entries. Every rule of which release may come
/// back, which is held, and what is still open stands here.
/// </summary>
public sealed class LedgerHistory
{
    private readonly Dictionary<string, Release> _releases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Hold> _holds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LedgerEntry> _ends = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _cameToRun = new(StringComparer.Ordinal);
    private readonly HashSet<string> _foundBad = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unverified = new(StringComparer.Ordinal);
    private readonly List<string> _verified = [];
    private readonly List<string> _deployed = [];
    private readonly List<TimeSpan> _rollbacks = [];
    private readonly List<TimeSpan> _drills = [];

    private LedgerHistory(Place place, IReadOnlyList<LedgerEntry> entries)
    {
        Where = place;
        Entries = entries;
        foreach (var entry in entries)
        {
            Take(entry);
        }
    }

    /// <summary>The place.</summary>
    public Place Where { get; }

    /// <summary>The entries themselves, oldest first.</summary>
    public IReadOnlyList<LedgerEntry> Entries { get; }

    /// <summary>The digest that is recorded as running; null: nothing.</summary>
    public string? Runs { get; private set; }

    /// <summary>The digest that ran last, whether or not something runs now; null: none ever did.</summary>
    public string? RanLast { get; private set; }

    /// <summary>The entry by which <see cref="Runs"/> became what it is; null in an empty ledger.</summary>
    public LedgerEntry? RunsBy { get; private set; }

    /// <summary>An intent without an end; null when there is none.</summary>
    public LedgerEntry? Open { get; private set; }

    /// <summary>The open intent's release was measured bad; it was on its way back.</summary>
    public LedgerEntry? OpenBad { get; private set; }

    /// <summary>Verified releases, each once, in the order in which they last came to run.</summary>
    public IReadOnlyList<Release> Verified => [.. _verified.Select(Release)];

    /// <summary>Verified releases, each once, in the order in which they were last deployed; going back moves none.</summary>
    public IReadOnlyList<Release> Deployed => [.. _deployed.Select(Release)];

    /// <summary>Releases that may not be deployed, oldest hold first.</summary>
    public IReadOnlyList<Hold> Holds => [.. _holds.Values.OrderBy(h => h.At)];

    /// <summary>How long each rollback took, oldest first; automatic ones count, drills do not.</summary>
    public IReadOnlyList<TimeSpan> Rollbacks => _rollbacks;

    /// <summary>How long each drill took, oldest first.</summary>
    public IReadOnlyList<TimeSpan> Drills => _drills;

    /// <summary>
    /// Where a person's rollback goes: the last verified release before the one that ran last that is
    /// neither held, nor found bad since, nor a drill's. Null: there is none.
    /// </summary>
    public Release? UndoTarget => UndoTargets(Runs ?? RanLast).FirstOrDefault();

    /// <summary>The history of a ledger.</summary>
    /// <param name="place">The place.</param>
    /// <param name="entries">Its entries, oldest first.</param>
    public static LedgerHistory Of(Place place, IReadOnlyList<LedgerEntry> entries) =>
        new(place, entries);

    /// <summary>Where a rollback may go, best first.</summary>
    /// <param name="leaving">The digest that is left; null: none.</param>
    public IEnumerable<Release> UndoTargets(string? leaving) =>
        Enumerable
            .Reverse(_verified)
            .Where(d => d != leaving && !_holds.ContainsKey(d) && !_foundBad.Contains(d))
            .Select(Release);

    /// <summary>The release of a digest, as far as the ledger knows it.</summary>
    /// <param name="digest">The digest.</param>
    public Release Release(string digest) =>
        _releases.TryGetValue(digest, out var known)
            ? known
            : new Release(new Claim(Where.Service, digest), "", "");

    /// <summary>The hold on a digest; null when it is not held.</summary>
    /// <param name="digest">The digest.</param>
    public Hold? HoldOn(string digest) => _holds.GetValueOrDefault(digest);

    /// <summary>Whether a digest was verified here, held or found bad since or not.</summary>
    /// <param name="digest">The digest.</param>
    public bool WasVerified(string digest) => _verified.Contains(digest, StringComparer.Ordinal);

    /// <summary>Whether a digest runs, or ran, without anybody having been able to measure it.</summary>
    /// <param name="digest">The digest.</param>
    public bool IsUnverified(string digest) => _unverified.Contains(digest);

    /// <summary>When a verified release last came to run.</summary>
    /// <param name="digest">The digest.</param>
    public DateTimeOffset? CameToRun(string digest) =>
        _cameToRun.TryGetValue(digest, out var at) ? at : null;

    /// <summary>The entry that ended a deployment; null: it is open, or was never here.</summary>
    /// <param name="deployment">The deployment's id.</param>
    public LedgerEntry? EndOf(string deployment) => _ends.GetValueOrDefault(deployment);

    private void Take(LedgerEntry entry)
    {
        if (entry.Release is { } release)
        {
            _releases[release.Digest] = release.ToRelease();
        }

        // a lease that lapsed changes nothing here, nor does what a newer program wrote
        switch (entry.Kind)
        {
            case LedgerKinds.Intent:
                (Open, OpenBad) = (entry, null);
                break;
            case LedgerKinds.Bad:
                OpenBad = entry;
                Holding(entry.Release?.Digest, entry);
                break;
            case LedgerKinds.Verified:
                Verify(entry);
                End(entry);
                break;
            case LedgerKinds.Unverified:
                _unverified.Add(entry.Runs ?? "");
                _verified.Remove(entry.Runs ?? "");
                End(entry);
                break;
            case LedgerKinds.RolledBack:
                Verify(entry);
                _holds.Remove(entry.Runs ?? "");
                Holding(entry.Leaves, entry);
                End(entry);
                break;
            case LedgerKinds.NotDeployed:
            case LedgerKinds.RollbackFailed:
            case LedgerKinds.Stopped:
            case LedgerKinds.NotStopped:
                End(entry);
                break;
            case LedgerKinds.Found:
                Running(entry);
                break;
            case LedgerKinds.FoundBad:
                _foundBad.Add(entry.Release?.Digest ?? "");
                break;
            case LedgerKinds.Unhold:
                _holds.Remove(entry.Release?.Digest ?? "");
                break;
        }
    }

    private void Verify(LedgerEntry entry)
    {
        if (entry.Release is not { Drill: false, Digest: var digest })
        {
            return;
        }

        _foundBad.Remove(digest);
        _unverified.Remove(digest);
        _verified.Remove(digest);
        _verified.Add(digest);
        if (Runs != digest || !_cameToRun.ContainsKey(digest))
        {
            _cameToRun[digest] = entry.At;
        }

        var isNew = !_deployed.Contains(digest, StringComparer.Ordinal);
        if (isNew || (entry.Kind == LedgerKinds.Verified && Runs != digest))
        {
            _deployed.Remove(digest);
            _deployed.Add(digest);
        }
    }

    private void End(LedgerEntry entry)
    {
        if (entry.Deployment is { } deployment)
        {
            _ends[deployment] = entry;
        }

        if (entry.Seconds?.TryGetValue(LedgerTimes.Rollback, out var seconds) == true)
        {
            var drill = Open?.Operation == Operations.Drill;
            (drill ? _drills : _rollbacks).Add(TimeSpan.FromSeconds(seconds));
        }

        Running(entry);
        (Open, OpenBad) = (null, null);
    }

    private void Running(LedgerEntry entry)
    {
        if (entry.Runs != Runs || RunsBy is null || entry.Kind == LedgerKinds.Stopped)
        {
            (Runs, RunsBy) = (entry.Runs, entry);
        }

        RanLast = Runs ?? RanLast;
    }

    private void Holding(string? digest, LedgerEntry entry)
    {
        if (digest is not null && !Release(digest).Drill)
        {
            _holds[digest] = new Hold(Release(digest), entry.At, entry.Actor, entry.Reason ?? "");
        }
    }
}

/// <summary>Names of measured times.</summary>
internal static class LedgerTimes
{
    public const string Made = "made";
    public const string Deploy = "deploy";
    public const string Rollback = "rollback";
}
