using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>A release that may not be deployed until a person releases it.</summary>
/// <param name="Release">The release.</param>
/// <param name="At">Since when.</param>
/// <param name="By">Who went back from it.</param>
/// <param name="Reason">Why.</param>
public sealed record Hold(Release Release, DateTimeOffset At, string By, string Reason)
{
    /// <summary>What Deploy says to it (exit 3).</summary>
    /// <param name="place">The place.</param>
    /// <param name="time">The clock, for the hour as a person reads it.</param>
    public OutcomeException Refusal(Place place, TimeProvider time) =>
        new(
            Outcome.Refused,
            $"{Release.Name} is held in {place.Environment} since {time.Clock(At)} "
                + $"({By}: {Reason}). To let it in again: {HowToRelease(place)}"
        )
        {
            Closing = $"Nothing was deployed: {Release.Name} is held in {place.Environment}.",
        };

    internal string HowToRelease(Place place) =>
        $"./build.sh Unhold{place.Option()} --release {Release.Name} --reason ...";
}
