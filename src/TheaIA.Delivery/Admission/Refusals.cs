using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>What admission says when it says no.</summary>
internal static class Refusals
{
    public static OutcomeException Checks(
        Release release,
        Place place,
        DeliveryEnvironment environment,
        IReadOnlyList<Check> checks
    )
    {
        var policy = environment.Policy;
        var missing = checks.Count(c => !policy.LetsThrough(c));
        string[] trusted =
            policy.TrustedKeys.Count == 0 && !policy.Forgiving
                ?
                [
                    $"{place.Environment} trusts no key yet: --trusted-key FILE, or trustedKeys in .nuke/policy/{place.Environment}.json",
                ]
                : [];
        return new OutcomeException(
            Outcome.Refused,
            $"{release.Name} may not run in {place.Environment}: "
                + $"{missing} of {checks.Count} checks did not pass."
        )
        {
            Details = [.. GateRows.Of(checks), .. trusted],
            Closing =
                "Nothing was deployed. All checks: "
                + $"./build.sh Gates{place.Option()} --release {release.Name}{environment.Options}",
        };
    }

    public static OutcomeException LocalOnly(Release release, Place place) =>
        new(
            Outcome.Refused,
            $"{release.Name} stands on no base image and runs on this machine only, "
                + $"not in {place.Environment}."
        );

    public static OutcomeException OverBudget(Release release, TimeSpan spent, TimeSpan goal) =>
        new(
            Outcome.Refused,
            $"Making {release.Name} took {spent.Short()}, over the {goal.Rough()} from build to "
                + "deployment. Nothing was deployed; ./build.sh Release makes it again."
        );

    public static OutcomeException NoWayBack(Release release, Place place, Release before) =>
        new(
            Outcome.Refused,
            $"{before.Name} runs in {place.Environment} and could not be started again after "
                + $"{release.Name}: its image is gone. Push it again, then ./build.sh Deploy."
        );
}
