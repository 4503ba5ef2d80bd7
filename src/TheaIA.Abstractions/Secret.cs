namespace TheaIA.Abstractions;

/// <summary>
/// A value that must not be printed. <see cref="ToString"/> gives <c>***</c>, so that a string
/// interpolation, a log or a debugger shows nothing; <see cref="Reveal"/> is the one way to it.
/// </summary>
/// <param name="value">The secret text.</param>
public sealed class Secret(string value)
{
    /// <summary>The text itself, for the one call that needs it.</summary>
    /// <returns>The secret text.</returns>
    public string Reveal() => value;

    /// <inheritdoc/>
    public override string ToString() => "***";
}
