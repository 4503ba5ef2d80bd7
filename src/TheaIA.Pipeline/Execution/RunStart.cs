using System.Globalization;

namespace TheaIA.Pipeline;

/// <summary>When the person pressed return: build.sh's first line, else now.</summary>
internal static class RunStart
{
    public static DateTimeOffset Of(Surroundings surroundings)
    {
        var now = surroundings.Time.GetUtcNow();
        return
            double.TryParse(
                surroundings.Variable("NUKE_STARTED"),
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out var seconds
            ) && Within(seconds, now)
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : now;
    }

    /// <summary>A value that was left in the environment by hand says nothing of this run.</summary>
    private static bool Within(double seconds, DateTimeOffset now) =>
        (now - DateTimeOffset.UnixEpoch).TotalSeconds - seconds is >= 0 and < 24 * 60 * 60;
}
