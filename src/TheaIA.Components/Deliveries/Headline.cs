namespace TheaIA.Components;

/// <summary>The first line of a run that delivers: what, from where, to where, by when.</summary>
internal static class Headline
{
    public static string? Of(IDeploy build, Announcement run)
    {
        if (!run.Targets.Contains(nameof(IDeploy.Deploy), StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }
        var session = DeliverySession.Of(build);
        var git = session.GitAsync().GetAwaiter().GetResult();
        var what = build.ReleaseReference is { } release ? $"release {release}" : git.Figure;
        var predicted = run.Predicted is { } time
            ? $"at most about {Words(time)}"
            : "first run here: no prediction";
        return $"{session.Service.Name} {what} -> {session.Environment().Name}   "
            + $"{predicted} [{Figure(build.Goals.BuildToDeploy)}]";
    }

    private static string Words(TimeSpan time) =>
        time < TimeSpan.FromMinutes(2)
            ? FormattableString.Invariant($"{time.TotalSeconds:0} s")
            : FormattableString.Invariant($"{(int)time.TotalMinutes} min {time.Seconds} s");

    private static string Figure(TimeSpan goal) =>
        FormattableString.Invariant($"{goal.TotalMinutes:0.#} min");
}
