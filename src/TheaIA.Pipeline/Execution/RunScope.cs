using System.Collections.Concurrent;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>One run, as its build class and targets see it through static members.</summary>
internal sealed class RunScope
{
    private static readonly AsyncLocal<RunScope?> Local = new();
    private static RunScope? _last;
    private IRunner? _runner;

    public required Surroundings Surroundings { get; init; }
    public required ParameterService Parameters { get; init; }
    public required Host Host { get; init; }
    public required SecretMask Mask { get; init; }
    public required DateTimeOffset Started { get; init; }

    /// <summary>The build's targets, from the moment that they are known.</summary>
    public TargetSet Targets { get; set; } = null!;
    public Partition Partition { get; init; } = Partition.Single;

    /// <summary>What children write by themselves; null: no target runs, or it is not caught.</summary>
    public InheritedOutput? Inherited { get; set; }

    /// <summary>Why, by gate.</summary>
    public ConcurrentDictionary<string, string> Waived { get; } = new(StringComparer.Ordinal);

    public AbsolutePath Root => Parameters.Root;

    public IRunner Runner =>
        _runner ??= new LoggedRunner(new EngineRunner(Mask, Root), Parameters.Options.Verbosity);

    public TimeProvider Time => Surroundings.Time;

    /// <summary>The run that this code belongs to; code that lost its context belongs to the newest.</summary>
    public static RunScope Current =>
        Local.Value
        ?? Volatile.Read(ref _last)
        ?? throw new InvalidOperationException(
            "No build runs here: start it with NukeBuild.Execute."
        );

    public static RunScope? OrNull => Local.Value ?? Volatile.Read(ref _last);

    public void Enter()
    {
        Local.Value = this;
        Volatile.Write(ref _last, this);
    }

    public TimeSpan Elapsed => Time.GetUtcNow() - Started;
}
