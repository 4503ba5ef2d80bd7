using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>Runs releases: processes behind the front, later containers, Kubernetes, ECS, Railway.</summary>
public interface IPlatform
{
    /// <summary>Where the place answers: <c>http://localhost:8000</c>.</summary>
    string Address { get; }

    /// <summary>Refuses early what could not be applied (a port that another program took).</summary>
    /// <param name="place">The place.</param>
    /// <param name="cancel">Ends the check.</param>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: with the culprit.</exception>
    Task CheckAsync(Place place, CancellationToken cancel);

    /// <summary>What really runs. Also mends what a crash left of the platform itself (starts the front again).</summary>
    /// <param name="place">The place.</param>
    /// <param name="cancel">Ends the question.</param>
    /// <returns>What runs; null when nothing does.</returns>
    Task<Running?> RunningAsync(Place place, CancellationToken cancel);

    /// <summary>
    /// Applies a permit by digest: start, probe, switch, drain, end the old one. Refuses when
    /// <see cref="Permit.InsteadOf"/> no longer runs or the lease's token is not the newest. When the
    /// release does not come up, what ran before still runs and serves.
    /// </summary>
    /// <param name="permit">What, where, instead of what.</param>
    /// <param name="lease">The right to change the place.</param>
    /// <param name="progress">What the person sees.</param>
    /// <param name="cancel">Taken at the next safe point only.</param>
    /// <exception cref="NotUpException">The release did not come up; nothing changed.</exception>
    Task ApplyAsync(Permit permit, Lease lease, IProgressReport progress, CancellationToken cancel);

    /// <summary>Measures what runs now, through the address that its users call.</summary>
    /// <param name="place">The place.</param>
    /// <param name="digest">What should run.</param>
    /// <param name="cancel">Ends the measurement.</param>
    /// <returns>One check a measurement: digest, ready, metrics, log.</returns>
    Task<IReadOnlyList<Check>> VerifyAsync(Place place, string digest, CancellationToken cancel);

    /// <summary>Ends what a killed run left beside the one that serves.</summary>
    /// <param name="place">The place.</param>
    /// <param name="cancel">Ends the tidying.</param>
    /// <returns>What was found and ended, a sentence each.</returns>
    Task<IReadOnlyList<string>> ReapAsync(Place place, CancellationToken cancel);

    /// <summary>Keeps the ledger's head where the release runs, so that cutting the ledger shows.</summary>
    /// <param name="place">The place.</param>
    /// <param name="head">Hash and length of the ledger; null reads only.</param>
    /// <param name="cancel">Ends the call.</param>
    /// <returns>What is kept after the call; null when nothing ever was.</returns>
    Task<LedgerHead?> AnchorAsync(Place place, LedgerHead? head, CancellationToken cancel);

    /// <summary>Removes kept releases that are neither current nor named.</summary>
    /// <param name="place">The place.</param>
    /// <param name="keep">Digests that stay.</param>
    /// <param name="cancel">Ends the cleaning.</param>
    Task TidyAsync(Place place, IReadOnlyCollection<string> keep, CancellationToken cancel);

    /// <summary>The image of this digest can still be started here without a network.</summary>
    /// <param name="claim">The image.</param>
    /// <param name="place">The place.</param>
    /// <param name="cancel">Ends the question.</param>
    Task<bool> CanStartAsync(Claim claim, Place place, CancellationToken cancel);

    /// <summary>The last lines of the log of what runs, or of what last ran.</summary>
    /// <param name="place">The place.</param>
    /// <param name="lines">At most this many.</param>
    /// <param name="cancel">Ends the read.</param>
    Task<IReadOnlyList<string>> LogsAsync(Place place, int lines, CancellationToken cancel);

    /// <summary>Ends everything that runs in the place, the front too. Done when nothing is left.</summary>
    /// <param name="place">The place.</param>
    /// <param name="lease">The right to change the place.</param>
    /// <param name="cancel">Taken at the next safe point only.</param>
    /// <returns>True when something ran.</returns>
    Task<bool> StopAsync(Place place, Lease lease, CancellationToken cancel);
}

/// <summary>A release did not come up. What ran before still runs.</summary>
/// <param name="reason">One sentence without the release's name: <c>ended at start with exit code 3</c>.</param>
/// <param name="log">The last lines of its log.</param>
/// <param name="logFile">Where the whole log is.</param>
public sealed class NotUpException(string reason, IReadOnlyList<string> log, string logFile)
    : Exception(reason)
{
    /// <summary>The last lines of its log.</summary>
    public IReadOnlyList<string> Log { get; } = log;

    /// <summary>Where the whole log is.</summary>
    public string LogFile { get; } = logFile;
}
