namespace TheaIA.Pipeline;

/// <summary>A build that says in its first line what it is about to do.</summary>
public interface IAnnounce
{
    /// <summary>Asked once, after nothing refused the run and before the first target.</summary>
    /// <param name="run">What is about to run.</param>
    /// <returns>The line; null: none.</returns>
    string? Announce(Announcement run);
}

/// <summary>What is about to run.</summary>
/// <param name="Targets">The names of the targets that were asked for.</param>
/// <param name="Predicted">
/// How long it will take at most, by how long its targets took before in this checkout; null: they never
/// ran here.
/// </param>
public sealed record Announcement(IReadOnlyCollection<string> Targets, TimeSpan? Predicted);
