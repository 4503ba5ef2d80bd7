namespace TheaIA.Components;

/// <summary>The first line of a run that delivers: what, from where, to where, by when.</summary>
internal static class Headline
{
    public static string? Of(IDeploy build, IReadOnlyCollection<string> targets)
    {
        if (!targets.Contains(nameof(IDeploy.Deploy), StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }
        var session = DeliverySession.Of(build);
        var git = session.GitAsync().GetAwaiter().GetResult();
        var what = build.ReleaseReference is { } release ? $"release {release}" : git.Figure;
        return $"{session.Service.Name} {what} -> {session.Environment().Name}"
            + $"   [{Figure(build.Goals.BuildToDeploy)}]";
    }

    private static string Figure(TimeSpan goal) =>
        FormattableString.Invariant($"{goal.TotalMinutes:0.#} min");
}
