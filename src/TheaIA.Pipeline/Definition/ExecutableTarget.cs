using System.Diagnostics;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>A target of the build program, with where it stands in this run.</summary>
[DebuggerDisplay("{Name}: {Status}")]
public sealed class ExecutableTarget
{
    internal ExecutableTarget(string name, int index, TargetDefinition definition)
    {
        Name = name;
        Index = index;
        Definition = definition;
    }

    /// <summary>The property's name.</summary>
    public string Name { get; }

    /// <summary>The sentence for <c>--help</c>; null when there is none.</summary>
    public string? Description => Definition.Text;

    /// <summary>Where it stands.</summary>
    public ExecutionStatus Status { get; internal set; }

    /// <summary>How long it ran; zero until it ended.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>It was named on the command line, or is the default and nothing was named.</summary>
    public bool Invoked { get; internal set; }

    /// <summary>It runs when nothing is named.</summary>
    public bool IsDefault { get; internal set; }

    /// <summary>It shows in <c>--help</c>.</summary>
    public bool Listed => !Definition.IsUnlisted;

    /// <summary>It changes the world outside the work tree.</summary>
    public bool IsEffect => Definition.IsEffect;

    /// <summary>What runs before it and joins the plan with it.</summary>
    public IReadOnlyList<ExecutableTarget> ExecutionDependencies => Needs;

    /// <summary>What runs before it when it is in the plan.</summary>
    public IReadOnlyList<ExecutableTarget> OrderDependencies => Follows;

    /// <summary>What joins the plan with it and runs after it.</summary>
    public IReadOnlyList<ExecutableTarget> Triggers => Pulls;

    internal int Index { get; }
    internal TargetDefinition Definition { get; }
    internal List<ExecutableTarget> Needs { get; } = [];
    internal List<ExecutableTarget> Follows { get; } = [];
    internal List<ExecutableTarget> Pulls { get; } = [];
    internal List<ExecutableTarget> PulledBy { get; } = [];
    internal List<ExecutableTarget> Uses { get; } = [];

    /// <summary>Why it is skipped; null: it is not.</summary>
    internal string? SkipReason { get; set; }

    /// <summary>Why the target is skipped that this one is skipped with; null: it is skipped for its own sake.</summary>
    internal string? SkipCause { get; set; }

    /// <summary>It did not start because of this failed target.</summary>
    internal ExecutableTarget? BlockedBy { get; set; }

    /// <summary>What it wants for itself and that failed target still has; null: it is not kept from that.</summary>
    internal string? KeptFrom { get; set; }

    /// <summary>Why it was cut off; null: it was not.</summary>
    internal string? AbortedBecause { get; set; }

    /// <summary>The first gate that stopped it; null: none did.</summary>
    internal string? StoppedAt { get; set; }

    /// <summary>The gates that would have stopped it too.</summary>
    internal IReadOnlyList<string> AlsoStoppedAt { get; set; } = [];

    /// <summary>It runs although it is up to date.</summary>
    internal bool IsRerun { get; set; }

    /// <summary>It was up to date or restored: it succeeded earlier.</summary>
    internal bool UpToDate { get; set; }

    /// <summary>It is up to date because its outputs came from a cache.</summary>
    internal bool IsRestored { get; set; }

    /// <summary>An earlier run did it, in which words; null: none did.</summary>
    internal string? Continued { get; set; }

    /// <summary>Which attempt at its actions was the last; 0 or 1: it was not tried again.</summary>
    internal int Attempts { get; set; }

    /// <summary>An output that it declares by name and did not make; null: none.</summary>
    internal string? NotMade { get; set; }

    /// <summary>What ended it; null: nothing did.</summary>
    internal Exception? Error { get; set; }

    /// <summary>Its answer as an exit code.</summary>
    internal Outcome Outcome =>
        Error switch
        {
            null => Outcome.Done,
            OutcomeException own => own.Outcome,
            _ => Outcome.Failed,
        };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
