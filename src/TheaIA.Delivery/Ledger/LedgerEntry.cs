using System.Text.Json.Serialization;
using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>One line of a place's ledger: what was meant, what came of it, who and why.</summary>
/// <param name="Kind">What happened, one of <see cref="LedgerKinds"/>; an unknown one is a newer program's.</param>
public sealed record LedgerEntry(string Kind)
{
    /// <summary>Its number in the ledger, from 1.</summary>
    public int Seq { get; init; }

    /// <summary>The hash of the line before; empty in the first line.</summary>
    public string Prev { get; init; } = "";

    /// <summary>When, UTC, to the millisecond.</summary>
    [JsonConverter(typeof(UtcJson))]
    public DateTimeOffset At { get; init; }

    /// <summary>Which deployment it belongs to; null when to none.</summary>
    public string? Deployment { get; init; }

    /// <summary>What an intent is for, one of <see cref="Operations"/>.</summary>
    public string? Operation { get; init; }

    /// <summary>The release that it is about.</summary>
    public LedgerRelease? Release { get; init; }

    /// <summary>Who: <c>ops-1</c>.</summary>
    public string Actor { get; init; } = "";

    /// <summary>The digest that ran before.</summary>
    public string? InsteadOf { get; init; }

    /// <summary>The digest that a person leaves by going back; held once he has arrived.</summary>
    public string? Leaves { get; init; }

    /// <summary>The digest that runs now, as the platform says; null: nothing, or the line says nothing of it.</summary>
    public string? Runs { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>What was checked.</summary>
    public IReadOnlyList<LedgerCheck>? Checks { get; init; }

    /// <summary>Measured times, in seconds, by name.</summary>
    public IReadOnlyDictionary<string, double>? Seconds { get; init; }

    /// <summary>The hash of this line without its hash.</summary>
    [JsonIgnore]
    public string Hash { get; init; } = "";
}

/// <summary>What a line can be about.</summary>
public static class LedgerKinds
{
    /// <summary>Something is about to be changed; open until one of the ends below.</summary>
    public const string Intent = "intent";

    /// <summary>The open deployment was measured bad: it goes back, and the digest is held.</summary>
    public const string Bad = "bad";

    /// <summary>End: the release runs and was measured good.</summary>
    public const string Verified = "verified";

    /// <summary>End: the release runs, nobody could measure it.</summary>
    public const string Unverified = "unverified";

    /// <summary>End: the place is as before.</summary>
    public const string NotDeployed = "not-deployed";

    /// <summary>End: a person's rollback arrived.</summary>
    public const string RolledBack = "rolled-back";

    /// <summary>End: going back failed.</summary>
    public const string RollbackFailed = "rollback-failed";

    /// <summary>End: a person stopped what ran.</summary>
    public const string Stopped = "stopped";

    /// <summary>End: stopping was cut off, it still runs.</summary>
    public const string NotStopped = "not-stopped";

    /// <summary>What runs is not what was recorded: nobody clicked that.</summary>
    public const string Found = "found";

    /// <summary>What was verified once was measured bad later: no target any more.</summary>
    public const string FoundBad = "found-bad";

    /// <summary>A person released a hold.</summary>
    public const string Unhold = "unhold";

    /// <summary>A holder died or stopped renewing; its lease was taken.</summary>
    public const string LeaseLapsed = "lease-lapsed";

    /// <summary>A person's rollback took the lease from a deployment that was in progress.</summary>
    public const string LeaseTaken = "lease-taken";
}

/// <summary>What an intent can be for.</summary>
public static class Operations
{
    /// <summary>A release goes in.</summary>
    public const string Deploy = "deploy";

    /// <summary>A person goes back.</summary>
    public const string Rollback = "rollback";

    /// <summary>A rehearsal.</summary>
    public const string Drill = "drill";

    /// <summary>What runs is ended.</summary>
    public const string Stop = "stop";
}

/// <summary>A release as the ledger keeps it.</summary>
/// <param name="Repository">Where its image is.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="Commit">Its full commit.</param>
/// <param name="Version">Its version.</param>
/// <param name="Dirty">It was made from changes that are in no commit.</param>
/// <param name="Drill">A drill's copy.</param>
/// <param name="LocalOnly">It has no base image.</param>
public sealed record LedgerRelease(
    string Repository,
    string Digest,
    string Commit,
    string Version,
    bool Dirty,
    bool Drill,
    bool LocalOnly
)
{
    internal static LedgerRelease Of(Release release) =>
        new(
            release.What.Repository,
            release.What.Digest,
            release.Commit,
            release.Version,
            release.Dirty,
            release.Drill,
            release.LocalOnly
        );

    internal Release ToRelease() =>
        new(new Claim(Repository, Digest), Commit, Version)
        {
            Dirty = Dirty,
            Drill = Drill,
            LocalOnly = LocalOnly,
        };
}

/// <summary>A check as the ledger keeps it.</summary>
/// <param name="Gate">The gate's name.</param>
/// <param name="Verdict">The answer: pass, fail, unknown, waived.</param>
/// <param name="Source">Where the answer comes from, or why there is none.</param>
/// <param name="Value">What was measured.</param>
public sealed record LedgerCheck(string Gate, string Verdict, string Source, string Value)
{
    internal static IReadOnlyList<LedgerCheck> Of(IEnumerable<Check> checks) =>
        [.. checks.Select(c => new LedgerCheck(c.Gate, c.Verdict.Word(), c.Source, c.Value))];
}

internal static class VerdictWords
{
    public static string Word(this Verdict verdict) => verdict.ToString().ToLowerInvariant();
}
