using System.Diagnostics.CodeAnalysis;
using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>
/// The only thing a platform takes. Earned in this process and never serialised: the constructors are
/// private, it is no record (`with` would forge one) and no struct (`default` would).
/// docs/architecture.md states what it stops (mistakes) and what it does not (liars).
/// </summary>
[SuppressMessage(
    "Design",
    "CA1034",
    Justification = "Nesting is what keeps the constructors private."
)]
public abstract class Permit
{
    private Permit(Release release, Place where, string? insteadOf)
    {
        Release = release;
        Where = where;
        InsteadOf = insteadOf;
    }

    /// <summary>The release that may run.</summary>
    public Release Release { get; }

    /// <summary>Where its image is, and its digest.</summary>
    public Claim What => Release.What;

    /// <summary>The place it may run in.</summary>
    public Place Where { get; }

    /// <summary>The digest that ran when the permit was earned; null: nothing ran.</summary>
    public string? InsteadOf { get; }

    /// <summary>Made only by admission: every check that the place's policy wants is pass or waived.</summary>
    public sealed class Forward : Permit
    {
        private Forward(
            Release release,
            Place where,
            string? insteadOf,
            IReadOnlyList<Check> checks
        )
            : base(release, where, insteadOf) => Checks = checks;

        /// <summary>Every check that the policy wants, with its verdict; unknown ones in a forgiving place only.</summary>
        public IReadOnlyList<Check> Checks { get; }

        /// <summary>Earns a permit, or says why not.</summary>
        /// <exception cref="OutcomeException"><see cref="Outcome.Refused"/>.</exception>
        internal static Forward Earn(
            DeliveryEnvironment environment,
            LedgerHistory history,
            Release release,
            string? insteadOf,
            Attested attested,
            IReadOnlyList<Check> claimed,
            TimeProvider time
        )
        {
            if (history.HoldOn(release.What.Digest) is { } hold)
            {
                throw hold.Refusal(history.Where, time);
            }

            var policy = environment.Policy;
            var checks = Verdicts.Judge(policy, release.What, attested.Checks, claimed);
            if (!checks.All(policy.LetsThrough))
            {
                throw Refusals.Checks(release, history.Where, environment, checks);
            }

            if (release.LocalOnly && !policy.Forgiving && !environment.OnThisMachine)
            {
                throw Refusals.LocalOnly(release, history.Where);
            }

            // what another clone spent on it is told by the provenance; what this run spent, by itself
            var spent = attested.MadeIn > release.MadeIn ? attested.MadeIn : release.MadeIn;
            return new Forward(release with { MadeIn = spent }, history.Where, insteadOf, checks);
        }
    }

    /// <summary>Made only from the ledger: no image, build, gate or registry on this way.</summary>
    public sealed class Back : Permit
    {
        private Back(Release release, Place where, string? insteadOf)
            : base(release, where, insteadOf) { }

        /// <summary>
        /// Earns the way back to a release that was verified here, or that ran before the deployment
        /// that is open now. Never to a drill's copy.
        /// </summary>
        /// <exception cref="InvalidOperationException">The ledger knows no way back to this digest.</exception>
        internal static Back Earn(LedgerHistory history, string digest, string? insteadOf)
        {
            var release = history.Release(digest);
            var ranBefore = history.Open is { } open && open.InsteadOf == digest;
            return !release.Drill && (history.WasVerified(digest) || ranBefore)
                ? new Back(release, history.Where, insteadOf)
                : throw new InvalidOperationException(
                    $"The ledger of {history.Where} knows no way back to {release.What.Short}."
                );
        }
    }
}
