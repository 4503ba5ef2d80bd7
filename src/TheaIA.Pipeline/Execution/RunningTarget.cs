using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>A target while it works: what it tells goes through the mask to its log and to the reporter.</summary>
internal sealed class RunningTarget(
    ExecutableTarget target,
    Reporter reporter,
    RunFolder folder,
    SecretMask mask
) : IProgressReport, IDisposable
{
    private static readonly AsyncLocal<RunningTarget?> Local = new();
    private const int KeptLines = 10;
    private readonly Lock _gate = new();
    private readonly Queue<string> _lastLines = new();
    private ConsoleLines? _out;
    private ConsoleLines? _error;
    private StreamWriter? _log;
    private string? _lost;
    private StopWord? _stop;
    private bool _ended;
    private bool _isActing;

    /// <summary>The target that the running code belongs to; null: none.</summary>
    public static RunningTarget? Current => Local.Value;

    public ExecutableTarget Target => target;

    /// <summary>What tells its code to stop.</summary>
    public StopWord Stop
    {
        get
        {
            lock (_gate)
            {
                // its log may be closed by then: it has ended since it was told
                return _stop ??= new(thrown =>
                    reporter.Remark(
                        mask.Mask(
                            $"Told to stop, {target.Name} threw {Thrown.NamedMessageOf(thrown)}"
                        )
                    )
                );
            }
        }
    }

    /// <summary>When it started, by the run's clock.</summary>
    public long Start { get; set; }

    /// <summary>How long it took before; null: it never ran here.</summary>
    public TimeSpan? Expected { get; init; }

    /// <summary>It was shown as running.</summary>
    public bool IsStarted { get; set; }
    public string? Now { get; private set; }
    public string? FigureText { get; private set; }
    public bool IsNote { get; private set; }
    public bool Answered { get; private set; }
    public string? ClosingText { get; private set; }

    /// <summary>Why it ran although it could have been up to date; null: nothing to say.</summary>
    public string? Reason
    {
        get;
        // a file's name may hold a secret
        set => field = value is null ? null : mask.Mask(value);
    }

    /// <summary>A person passed over what it measured: that is no success to build on next time.</summary>
    public bool IsWaived { get; private set; }

    /// <summary>Its code did not stop when told: what it still does is no part of the run.</summary>
    public bool IsLeft { get; private set; }

    public void Enter() => Local.Value = this;

    /// <summary>From here on its own code works.</summary>
    public void BeginsActing()
    {
        lock (_gate)
        {
            _isActing = true;
        }
    }

    /// <returns>False: it was left behind meanwhile, and has ended for the run.</returns>
    public bool TryEndActing()
    {
        lock (_gate)
        {
            _isActing = false;
            return !IsLeft;
        }
    }

    /// <returns>False: its code does not work any more.</returns>
    public bool TryLeave()
    {
        lock (_gate)
        {
            IsLeft |= _isActing;
            return _isActing;
        }
    }

    public void Waive() => IsWaived = true;

    public void Doing(string now) => Now = mask.Mask(now);

    public void Figure(string figure)
    {
        FigureText = mask.Mask(figure);
        IsNote = false;
    }

    public void Note(string figure)
    {
        FigureText = mask.Mask(figure);
        IsNote = true;
    }

    /// <summary>It does not run: an earlier run did it.</summary>
    public void TakeOver(TargetRecord before, string words)
    {
        target.Continued = words;
        FigureText = before.End?.Figure;
    }

    public void Step(string name, TimeSpan took, string figure)
    {
        Answered = true;
        var text = mask.Mask(figure);
        Log($"{name}: {text}");
        reporter.Step(mask.Mask(name), took, text);
    }

    public void Say(string line)
    {
        Answered = true;
        var text = mask.Mask(line);
        Log(text);
        reporter.Say(text);
    }

    public void Closing(string line) => ClosingText = mask.Mask(line);

    /// <summary>What its code wrote to the console; shown a line at a time.</summary>
    public void Write(ReadOnlySpan<char> text, bool isError)
    {
        ConsoleLines lines;
        lock (_gate)
        {
            lines = isError
                ? _error ??= new ConsoleLines(mask, ShowLine)
                : _out ??= new ConsoleLines(mask, ShowLine);
        }

        lines.Write(text);
    }

    /// <summary>A line for the log only. One that cannot be kept is no reason to fail: that is said once.</summary>
    public void Log(string line)
    {
        lock (_gate)
        {
            if (_ended || _lost is not null)
            {
                return;
            }

            try
            {
                _log ??= folder.Open(target);
                _log.WriteLine(mask.Mask(line));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _lost = e.Message;
            }
        }
    }

    public IReadOnlyList<string> LastLines()
    {
        lock (_gate)
        {
            return [.. _lastLines];
        }
    }

    /// <summary>Shows what was written without an end of line, and closes the log.</summary>
    public void Dispose()
    {
        _out?.Dispose();
        _error?.Dispose();
        lock (_gate)
        {
            _ended = true;
            if (_lost is null)
            {
                _log?.Dispose();
            }
        }

        if (_lost is not null)
        {
            reporter.Remark($"{target.Name} has no whole log: {_lost}");
        }
    }

    private void ShowLine(string line)
    {
        lock (_gate)
        {
            Log(line);
            _lastLines.Enqueue(line);
            if (_lastLines.Count > KeptLines)
            {
                _lastLines.Dequeue();
            }
        }

        reporter.ConsoleLine(this, line);
    }
}
