namespace TheaIA.Toolchains;

/// <summary>A run of one project's tests.</summary>
/// <param name="Project">The test project, compiled.</param>
/// <param name="Configuration"><c>Debug</c> or <c>Release</c>, as it was compiled.</param>
/// <param name="ResultsDirectory">Where TRX and Cobertura go.</param>
/// <param name="TrxFileName">The TRX file's name in it: one of its own for each project.</param>
public sealed record TestRun(
    string Project,
    string Configuration,
    string ResultsDirectory,
    string TrxFileName
)
{
    /// <summary>A vstest filter. Null or empty: all tests. What was filtered is no evidence.</summary>
    public string? Filter { get; init; }

    /// <summary>A runsettings file. Null: none.</summary>
    public string? Settings { get; init; }

    /// <summary>
    /// Tests that need a real component fail where it is missing, in place of being skipped: told to them by
    /// the environment variable THEAIA_REAL. Default: false.
    /// </summary>
    public bool Real { get; init; }

    /// <summary>Collect coverage (a Cobertura file in a folder of its own). Default: true.</summary>
    public bool Coverage { get; init; } = true;
}

/// <summary>A portable publish.</summary>
/// <param name="Project">The service's project.</param>
/// <param name="Output">Where the application goes.</param>
/// <param name="ArtifactsPath">An own folder for bin and obj.</param>
/// <param name="Root">The checkout: source paths in the symbols are relative to it.</param>
/// <param name="Commit">The full commit, told by <c>/version</c>.</param>
public sealed record Publish(
    string Project,
    string Output,
    string ArtifactsPath,
    string Root,
    string Commit
)
{
    /// <summary>Restore exactly what the lock files say, else an error. Default: true.</summary>
    public bool Locked { get; init; } = true;
}
