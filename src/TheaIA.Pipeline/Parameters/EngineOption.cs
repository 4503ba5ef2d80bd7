namespace TheaIA.Pipeline;

/// <summary>How many words an engine option takes.</summary>
internal enum OptionWords
{
    /// <summary>None, or true or false.</summary>
    Switch,

    /// <summary>One, or none.</summary>
    Optional,

    One,

    /// <summary>One or more; several times.</summary>
    Some,

    /// <summary>Any number; several times.</summary>
    Any,
}

/// <summary>An option of the engine itself, for parsing and for <c>--help</c>.</summary>
/// <param name="Option">As typed: <c>--skip</c>.</param>
/// <param name="Values">What follows it, for help: <c>[A+B]</c>.</param>
/// <param name="Description">A few words.</param>
/// <param name="Words">How many words it takes.</param>
/// <param name="Settled">May also stand in .nuke/parameters.json and, as NUKE_NAME, in the environment.</param>
internal sealed record EngineOption(
    string Option,
    string Values,
    string Description,
    OptionWords Words,
    bool Settled = false
)
{
    /// <summary>All, in the order of help.</summary>
    public static IReadOnlyList<EngineOption> All { get; } =
    [
        new("--target", "A+B", "targets, as the words before the first option", OptionWords.Some),
        new("--skip", "[A+B]", "leaves these out; alone, all but those asked for", OptionWords.Any),
        new("--plan", "[json]", "shows what would run, runs nothing", OptionWords.Optional),
        new("--list", "", "lists the targets", OptionWords.Switch),
        new("--help", "[json]", "lists targets and parameters", OptionWords.Optional),
        new(
            "--continue",
            "",
            "leaves out what succeeded before and has not changed",
            OptionWords.Switch
        ),
        new(
            "--rerun",
            "[A+B]",
            "runs these although they are up to date; alone, all of the plan",
            OptionWords.Any
        ),
        new(
            "--cache",
            "DIR",
            "keeps outputs there and restores them; relative to the checkout",
            OptionWords.One,
            true
        ),
        new(
            "--cache-size",
            "SIZE",
            "what the cache may take up; default: 10GiB",
            OptionWords.One,
            true
        ),
        new(
            "--show",
            "[ID] [json]",
            "behind Runs: this run, by its id, the beginning of it, or last",
            OptionWords.Some
        ),
        new(
            "--profile",
            "NAME...",
            "reads .nuke/parameters.NAME.json; later ones win",
            OptionWords.Some
        ),
        new(
            "--root",
            "PATH",
            "the checkout; default: the folder above with .nuke",
            OptionWords.One
        ),
        new(
            "--host",
            "NAME",
            "writes for this host: Terminal, Plain, GitHubActions",
            OptionWords.One,
            true
        ),
        new("--verbosity", "V", "Quiet, Minimal, Normal or Verbose", OptionWords.One, true),
        new("--no-logo", "", "leaves the first line out", OptionWords.Switch, true),
        new("--sequential", "", "runs one target at a time", OptionWords.Switch, true),
        new("--max-parallel", "N", "runs at most N targets at a time", OptionWords.One, true),
        new("--fail-fast", "", "the first failure cancels what runs", OptionWords.Switch, true),
        new("--override", "GATE", "passes over a gate; needs --reason", OptionWords.Some),
        new("--reason", "WHY", "for what a person decides, kept in the report", OptionWords.One)
        {
            IsShared = true,
        },
        new("--partition", "1/2", "runs this part of partitioned targets", OptionWords.One),
    ];

    /// <summary>All, by <see cref="Key"/>.</summary>
    public static IReadOnlyDictionary<string, EngineOption> ByKey { get; } =
        All.ToDictionary(o => o.Key, StringComparer.Ordinal);

    /// <summary>A build's parameter of that name gets the value too.</summary>
    public bool IsShared { get; init; }

    /// <summary>What makes its name the same as another: <c>nologo</c>.</summary>
    public string Key { get; } = ParameterName.Key(Option);
}
