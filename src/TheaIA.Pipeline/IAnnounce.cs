namespace TheaIA.Pipeline;

/// <summary>A build that says in its first line what it is about to do.</summary>
public interface IAnnounce
{
    /// <summary>Asked once, after nothing refused the run and before the first target.</summary>
    /// <param name="targets">The names of the targets that were asked for.</param>
    /// <returns>The line; null: none.</returns>
    string? Announce(IReadOnlyCollection<string> targets);
}
