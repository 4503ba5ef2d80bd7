using System.Diagnostics.CodeAnalysis;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>
/// What is said when a run does not come to its own end: it was told to stop and still waits, a second
/// signal ended it, a target ended the process, a thread of its own threw.
/// </summary>
internal sealed class LastWords : IDisposable
{
    /// <summary>Who ends sooner after a signal needs no words.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>The process ends anyway, also when the terminal takes nothing any more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly RunScope _scope;
    private readonly RunParts _parts;
    private readonly Journal? _journal;
    private readonly CancellationTokenRegistration _told;
    private ITimer? _waiting;
    private int _isSaid;

    /// <param name="scope">The run.</param>
    /// <param name="parts">What runs, and where it is said.</param>
    /// <param name="journal">Null: the run keeps none.</param>
    public LastWords(RunScope scope, RunParts parts, Journal? journal)
    {
        (_scope, _parts, _journal) = (scope, parts, journal);
        _told = Interruption.Token.Register(() =>
            _waiting = scope.Time.CreateTimer(
                _ => SayWhatIsWaitedFor(),
                null,
                Soon,
                Timeout.InfiniteTimeSpan
            )
        );
        if (scope.Surroundings.OwnsProcess)
        {
            AppDomain.CurrentDomain.ProcessExit += OnExit;
            AppDomain.CurrentDomain.UnhandledException += OnThrown;
        }
    }

    private Interruption Interruption => _scope.Surroundings.Interruption;

    /// <summary>The run has come to its end.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        AppDomain.CurrentDomain.UnhandledException -= OnThrown;
        _told.Dispose();
        _waiting?.Dispose();
    }

    private void SayWhatIsWaitedFor()
    {
        if (_parts.Running.Names() is { Length: > 0 } names)
        {
            _parts.Reporter.Remark(
                $"Stopping: waiting for {names}. A second signal ends all at once."
            );
        }
    }

    /// <summary>Also the way of a forced end, whose code stays.</summary>
    private void OnExit(object? sender, EventArgs e)
    {
        var names = _parts.Running.Names();
        Descendants.KillAll();
        if (Interruption is { IsForced: true, Requested: { } requested })
        {
            var cut = names.Length > 0 ? $" In the middle of it: {names}." : "";
            Say(
                $"Ended at once by a second signal after {HumanTime.Format(_scope.Elapsed)}.{cut}",
                requested
            );
            return;
        }

        Say(
            $"Failed: {(names.Length > 0 ? names : "a target")} ended the process (exit code {Environment.ExitCode}). What comes after it did not run.",
            Outcome.Failed
        );
        Environment.ExitCode = (int)Outcome.Failed;
    }

    [SuppressMessage(
        "ApiDesign",
        "RS0030",
        Justification = "The runtime would write the exception without the mask, and abort."
    )]
    private void OnThrown(object sender, UnhandledExceptionEventArgs thrown)
    {
        var target = RunningTarget.Current?.Target.Name ?? _parts.Running.Names();
        var error = (Exception)thrown.ExceptionObject;
        Say(
            $"Failed: a thread that {(target.Length > 0 ? target : "a target")} started threw {Thrown.NamedMessageOf(error)}",
            Outcome.Failed,
            error.StackTrace
        );
        Environment.Exit((int)Outcome.Failed);
    }

    /// <summary>On another thread: this one may hold what it needs, and the process must end.</summary>
    private void Say(string line, Outcome outcome, string? details = null)
    {
        if (Interlocked.Exchange(ref _isSaid, 1) == 0)
        {
            Task.Run(() =>
                {
                    _parts.Drain();
                    foreach (var running in _parts.Running.All())
                    {
                        // what it wrote without an end of line
                        running.Dispose();
                    }

                    _parts.Reporter.Closing([line, .. Lines(details)], LineStyle.Heading);
                    // takes the view's rows off the terminal
                    _parts.Reporter.Dispose();
                    _journal?.End(outcome, RunningTarget.Current?.Target);
                })
                .Wait(Patience);
        }
    }

    private static string[] Lines(string? details) =>
        details?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        ?? [];
}
