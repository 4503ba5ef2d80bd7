using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>
/// Writes what happens in a run to <c>journal.jsonl</c> in the run's folder, a line an event and each at
/// once to the system, so that it is there after kill -9. What cannot be written does not stop a run.
/// </summary>
internal sealed class Journal : IDisposable
{
    public const string FileName = "journal.jsonl";
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(2);
    private const string Lost = "no journal, so that --continue will not know it";

    private readonly RunScope _scope;
    private readonly Plan _plan;
    private readonly RunFolder _folder;
    private readonly Action<string> _remark;
    private readonly Lock _gate = new();
    private readonly JsonText _json = new();
    private readonly CancellationTokenRegistration _interrupted;
    private readonly ITimer _pulse;
    private FileStream? _file;

    private Journal(
        RunScope scope,
        Plan plan,
        RunFolder folder,
        RunStarted head,
        Action<string> remark
    )
    {
        (_scope, _plan, _folder, _remark) = (scope, plan, folder, remark);
        Record = new RunRecord(head);
        Open();
        Append(head);
        foreach (var target in plan.Targets)
        {
            if (target.Status == ExecutionStatus.Skipped)
            {
                Append(EndOf(target, target.SkipReason));
            }
        }

        var interruption = scope.Surroundings.Interruption;
        _interrupted = interruption.Token.Register(() =>
            Append(new RunInterrupted(Now, By(interruption.Requested)))
        );
        _pulse = scope.Time.CreateTimer(_ => Append(new RunAlive(Now)), null, Pulse, Pulse);
    }

    /// <summary>The run so far.</summary>
    public RunRecord Record { get; }

    private DateTimeOffset Now => _scope.Time.GetUtcNow();

    /// <summary>Begins the journal of a run.</summary>
    /// <param name="scope">The run.</param>
    /// <param name="plan">What it will do.</param>
    /// <param name="folder">Where.</param>
    /// <param name="fingerprint">What it rests on.</param>
    /// <param name="isInside">A target of another run started it.</param>
    /// <param name="remark">Tells the person that it cannot be written.</param>
    public static Journal Begin(
        RunScope scope,
        Plan plan,
        RunFolder folder,
        RunFingerprint fingerprint,
        bool isInside,
        Action<string> remark
    )
    {
        var pid = scope.Surroundings.ProcessId;
        var head = new RunStarted(scope.Time.GetUtcNow())
        {
            Id = folder.Id,
            Pid = pid,
            Process = ProcessStart.Of(pid),
            Started = scope.Started.ToUniversalTime(),
            Asked = [.. plan.Targets.Where(t => t.Invoked).Select(t => t.Name)],
            Plan = [.. plan.Targets.Select(t => t.Name)],
            Host = scope.Host.Name,
            IsInside = isInside,
            Fingerprint = fingerprint,
        };
        return new Journal(scope, plan, folder, head, remark);
    }

    public void Started(ExecutableTarget target) => Append(new TargetStarted(Now, target.Name));

    public void Measured(ExecutableTarget target, string gate, Measurement measured) =>
        Append(
            new GateMeasured(
                Now,
                target.Name,
                gate,
                measured.Verdict,
                _scope.Mask.Mask(measured.Value),
                _scope.Mask.Mask(measured.Limit)
            )
        );

    public void Ended(RunningTarget running)
    {
        var target = running.Target;
        var why =
            target.Status == ExecutionStatus.Skipped
                ? target.SkipReason
                : target.Continued ?? (running.Reason is { Length: > 0 } reason ? reason : null);
        Append(EndOf(target, why, running));
    }

    /// <summary>The last event, after what became of the targets that did not come to their turn.</summary>
    public void End(Outcome outcome, ExecutableTarget? rootCause)
    {
        foreach (var target in _plan.Targets)
        {
            if (Record.Find(target.Name) is { End: null })
            {
                var notRun = target.Status == ExecutionStatus.NotRun;
                Append(EndOf(target, notRun ? Ending.Because(target) : null));
            }
        }

        Append(new RunEnded(Now, outcome, _scope.Elapsed, rootCause?.Name));
        if (_file is not null)
        {
            Try(() => RunReport.Save(Record, _folder.FullName), "no report");
        }

        if (_scope.Surroundings.Variable(StepSummary.Variable) is { } summary)
        {
            Try(() => StepSummary.Append(Record, summary), "no summary on GitHub's page");
        }
    }

    /// <summary>A run that nobody ended was thrown out of by the build program.</summary>
    public void Dispose()
    {
        _interrupted.Dispose();
        _pulse.Dispose();
        if (Record.End is null)
        {
            End(_scope.Surroundings.Interruption.Requested ?? Outcome.Wrong, null);
        }

        lock (_gate)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private static string By(Outcome? requested) =>
        requested == Outcome.Interrupted ? "Ctrl-C" : "SIGTERM";

    /// <param name="target">The target.</param>
    /// <param name="reason">Why it ran or did not; null: nothing to say.</param>
    /// <param name="running">What it told; null: it did not come to its turn.</param>
    private TargetEnded EndOf(
        ExecutableTarget target,
        string? reason,
        RunningTarget? running = null
    ) =>
        new(Now, target.Name, TargetResults.Of(target))
        {
            Took = target.Duration,
            Figure = running?.FigureText,
            IsNote = running is { IsNote: true },
            Reason = Masked(reason),
            Error = running is null ? null : FirstLine(target.Error),
            Log = running is not null && _folder.HasLogOf(target) ? _folder.LogOf(target) : null,
        };

    private string? FirstLine(Exception? error)
    {
        if (error is null)
        {
            return null;
        }

        // masked before it is cut: a secret may hold an end of line
        var text =
            error is OutcomeException
                ? _scope.Mask.Mask(Thrown.MessageOf(error))
                : Thrown.NamedMessageOf(error, _scope.Mask);
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var line = end < 0 ? text : text[..end];
        return line;
    }

    private string? Masked(string? text) => text is null ? null : _scope.Mask.Mask(text);

    private void Append(RunEvent happened)
    {
        lock (_gate)
        {
            Record.Apply(happened);
            if (_file is null)
            {
                return;
            }

            happened.WriteTo(_json);
            try
            {
                _file.Write(_json.TakeLine());
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                SayLost(Lost, e);
                _file.Dispose();
                _file = null;
            }
        }
    }

    private void Open() =>
        Try(
            () =>
            {
                _folder.Make();
                // without a buffer: each line is one write
                _file = new FileStream(
                    Path.Combine(_folder.FullName, FileName),
                    FileMode.Create,
                    FileAccess.Write,
                    FileShare.ReadWrite | FileShare.Delete,
                    bufferSize: 0
                );
            },
            Lost
        );

    private void Try(Action write, string lost)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            SayLost(lost, e);
        }
    }

    private void SayLost(string what, Exception why) =>
        _remark($"This run has {what}: {why.Message}");
}
