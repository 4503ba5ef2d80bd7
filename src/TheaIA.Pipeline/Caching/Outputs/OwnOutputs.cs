namespace TheaIA.Pipeline;

/// <summary>What a target makes.</summary>
/// <param name="Globs">Its outputs.</param>
/// <param name="IsOthers">Whether a path is an output that another target of the program declares.</param>
internal sealed record OwnOutputs(IReadOnlyList<string> Globs, Func<string, bool> IsOthers);
