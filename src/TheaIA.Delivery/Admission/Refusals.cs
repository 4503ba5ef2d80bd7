using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>What admission says when it says no.</summary>
internal static class Refusals
{
    public static OutcomeException Checks(
        Release release,
        Place place,
        Policy policy,
        IReadOnlyList<Check> checks
    )
    {
        var missing = checks.Where(c => !policy.LetsThrough(c)).ToList();
        return new OutcomeException(
            Outcome.Refused,
            $"{release.Name} may not run in {place.Environment}: "
                + $"{missing.Count} of {checks.Count} checks did not pass."
        )
        {
            Details = GateRows.Of(missing),
            Closing =
                "Nothing was deployed. All checks: "
                + $"./build.sh Gates{place.Option()} --release {release.Name}",
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
