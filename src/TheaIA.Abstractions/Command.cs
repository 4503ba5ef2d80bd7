namespace TheaIA.Abstractions;

/// <summary>An external program with its arguments, as built by pure functions.</summary>
/// <param name="Program">Name on PATH, or a path.</param>
/// <param name="Arguments">One entry an argument; never joined or split by a shell.</param>
public sealed record Command(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>Where it runs. Null: the root of the checkout.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables added to the environment; a null value removes one. Default: none.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } =
        new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Text for standard input. Null: none (end of file at once).</summary>
    public string? Input { get; init; }

    /// <summary>
    /// What it prints is a secret (a registry's password): no log keeps it and nothing shows it. Default: false.
    /// </summary>
    public bool PrintsSecret { get; init; }

    /// <summary>As a person would type it, for error texts.</summary>
    public override string ToString() =>
        string.Join(
            ' ',
            Arguments
                .Prepend(Program)
                .Select(a =>
                    a.Length == 0 || a.Contains(' ', StringComparison.Ordinal) ? $"'{a}'" : a
                )
        );
}
