using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>How a run stands, or ended.</summary>
internal enum RunState
{
    Done,
    Failed,

    /// <summary>A gate said no.</summary>
    Refused,

    /// <summary>By Ctrl-C or SIGTERM.</summary>
    Interrupted,

    Running,

    /// <summary>It has no end, and its process is gone.</summary>
    Killed,
}

/// <summary>A run as its events tell it: the one reading of a journal.</summary>
internal sealed class RunRecord
{
    private readonly Dictionary<string, TargetRecord> _targets = new(StringComparer.Ordinal);
    private TargetRecord? _firstFailed;

    public RunRecord(RunStarted head)
    {
        Head = head;
        LastSign = head.At;
        Targets = [.. head.Plan.Select(name => new TargetRecord(name))];
        foreach (var target in Targets)
        {
            _targets.Add(target.Name, target);
        }
    }

    public RunStarted Head { get; }

    /// <summary>In the order of the plan.</summary>
    public IReadOnlyList<TargetRecord> Targets { get; }

    /// <summary>Those that do something themselves, as the run showed them.</summary>
    public IEnumerable<TargetRecord> Shown =>
        Targets.Where(t => t.Result != TargetResult.Collective);
    public RunInterrupted? Interrupted { get; private set; }

    /// <summary>Null: it runs, or was killed.</summary>
    public RunEnded? End { get; private set; }

    /// <summary>When it was last seen at work.</summary>
    public DateTimeOffset LastSign { get; private set; }

    public RunState State =>
        End is { } end ? Ended(end.Outcome)
        : ProcessStart.IsAlive(Head.Pid, Head.Process) ? RunState.Running
        : Interrupted is not null ? RunState.Interrupted
        : RunState.Killed;

    /// <summary>From build.sh's first line to the end, or to the last sign of it.</summary>
    public TimeSpan Took => End?.Took ?? LastSign - Head.Started;

    /// <summary>The target that failed first, one that others may proceed after only where no other did; null: none did.</summary>
    public TargetRecord? RootCause =>
        End?.RootCause is { } name ? _targets.GetValueOrDefault(name) : _firstFailed;

    public TargetRecord? Find(string target) => _targets.GetValueOrDefault(target);

    public void Apply(RunEvent happened)
    {
        LastSign = happened.At;
        switch (happened)
        {
            case TargetStarted started when Find(started.Target) is { } target:
                target.Result = TargetResult.Running;
                break;
            case GateMeasured measured when Find(measured.Target) is { } target:
                target.Gates.Add(measured);
                break;
            case TargetEnded ended when Find(ended.Target) is { } target:
                target.Result = ended.Result;
                target.End = ended;
                if (ended.Result is TargetResult.Failed or TargetResult.Refused)
                {
                    _firstFailed ??= target;
                }

                break;
            case RunInterrupted interrupted:
                Interrupted ??= interrupted;
                break;
            case RunEnded end:
                End = end;
                break;
            default:
                break;
        }
    }

    private static RunState Ended(Outcome outcome) =>
        outcome switch
        {
            Outcome.Done => RunState.Done,
            Outcome.Refused => RunState.Refused,
            Outcome.Interrupted or Outcome.Terminated => RunState.Interrupted,
            _ => RunState.Failed,
        };
}

/// <summary>A target in a run.</summary>
/// <param name="name">Its name.</param>
internal sealed class TargetRecord(string name)
{
    public string Name { get; } = name;
    public TargetResult Result { get; set; }
    public List<GateMeasured> Gates { get; } = [];

    /// <summary>Null: it has not ended.</summary>
    public TargetEnded? End { get; set; }

    public bool IsNote => End is { IsNote: true };

    /// <summary>It succeeded in that run, or that run knew that it had before.</summary>
    public bool IsDone => Result is TargetResult.Done or TargetResult.Continued;

    /// <summary>What is said behind it.</summary>
    public string Text
    {
        get
        {
            var figure = End?.Error ?? End?.Figure;
            return (figure, End?.Reason) switch
            {
                (null, var reason) => reason ?? "",
                (_, null) => figure,
                var (told, reason) => $"{told}; {reason}",
            };
        }
    }
}
