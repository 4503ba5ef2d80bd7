namespace TheaIA.Pipeline;

/// <summary>How much a run says.</summary>
public enum Verbosity
{
    /// <summary>Only what went wrong, and the last line.</summary>
    Quiet,

    /// <summary>One line a target.</summary>
    Minimal,

    /// <summary>One line a target and what it says. The default.</summary>
    Normal,

    /// <summary>All that programs write.</summary>
    Verbose,
}

/// <summary>How <c>--plan</c> and <c>--help</c> answer.</summary>
internal enum PlanFormat
{
    None,
    Text,
    Json,
}

/// <summary>What <c>--show</c> asks for.</summary>
/// <param name="Id">A run's id, its beginning, or <c>last</c>. Null: all runs.</param>
/// <param name="IsJson">For a program.</param>
internal sealed record ShownRun(string? Id, bool IsJson);

/// <summary>The engine's own options.</summary>
internal sealed record EngineOptions
{
    /// <summary>The targets as typed, before the first option and behind --target.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Null: not given. Empty: a bare --skip.</summary>
    public IReadOnlyList<string>? Skip { get; init; }

    /// <summary>Null: not given. Empty: a bare --rerun.</summary>
    public IReadOnlyList<string>? Rerun { get; init; }

    /// <summary>Relative to the root, or rooted. Null: no cache.</summary>
    public string? Cache { get; init; }

    /// <summary>Bytes.</summary>
    public long CacheSize { get; init; } = 10L << 30;

    public PlanFormat Plan { get; init; }

    public PlanFormat Help { get; init; }

    public bool List { get; init; }

    public bool NoLogo { get; init; }

    public bool Sequential { get; init; }

    /// <summary>At least 1. Null: <see cref="DefaultMost"/>.</summary>
    public int? MaxParallel { get; init; }

    /// <summary>How many targets may run at a time.</summary>
    public int Most => Sequential ? 1 : MaxParallel ?? DefaultMost;

    /// <summary>Twice the processors, at least 4: waiting is cheap.</summary>
    public static int DefaultMost => Math.Max(4, 2 * Environment.ProcessorCount);

    public string? Root { get; init; }

    public string? Host { get; init; }

    public Verbosity Verbosity { get; init; } = Verbosity.Normal;

    public IReadOnlyList<string> Profiles { get; init; } = [];

    public (int Part, int Total)? Partition { get; init; }

    public bool Continue { get; init; }

    /// <summary>Gates that are passed over.</summary>
    public IReadOnlyList<string> Override { get; init; } = [];

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>The first failure cancels what runs.</summary>
    public bool FailFast { get; init; }

    /// <summary>It asks about the build program, and runs nothing.</summary>
    public bool IsQuestion => List || Plan != PlanFormat.None || Help != PlanFormat.None;

    /// <summary>A program reads the answer: nothing else may stand in the output.</summary>
    public bool IsAskedByProgram =>
        List
        || Plan == PlanFormat.Json
        || Help == PlanFormat.Json
        || Show is { IsJson: true } or { Id: null };

    /// <summary>Null: not given.</summary>
    public ShownRun? Show { get; init; }
}
