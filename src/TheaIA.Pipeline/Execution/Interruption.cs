using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>Ctrl-C and SIGTERM: the first asks the run to end well, the second forces the exit.</summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>No person is as quick.</summary>
    private static readonly TimeSpan Echo = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Lock _gate = new();
    private long _lastSignal;

    /// <summary>Ends with the first request.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>What was asked for first; null: nothing.</summary>
    public Outcome? Requested { get; private set; }

    /// <summary>It was asked for twice.</summary>
    public bool IsForced { get; private set; }

    /// <summary>Called at the second request with the exit code. Tests replace it.</summary>
    public Action<int> Force { get; set; } = Exit;

    public void Listen()
    {
        On(PosixSignal.SIGINT, Outcome.Interrupted);
        On(PosixSignal.SIGTERM, Outcome.Terminated);
        // the terminal is gone: what nobody watches any more still ends well
        On(PosixSignal.SIGHUP, Outcome.Terminated);
    }

    public void Request(Outcome outcome)
    {
        lock (_gate)
        {
            if (Requested is { } first)
            {
                IsForced = true;
                Force((int)first);
                return;
            }

            Requested = outcome;
        }

        _source.Cancel();
    }

    public void Dispose()
    {
        _registrations.ForEach(r => r.Dispose());
        _source.Dispose();
    }

    /// <summary>timeout(1) signals its child and then the group that the child is in: that is one request.</summary>
    /// <param name="now">A time stamp of the system's clock.</param>
    internal bool IsEcho(long now)
    {
        var last = Interlocked.Exchange(ref _lastSignal, now);
        return last != 0 && TimeProvider.System.GetElapsedTime(last, now) < Echo;
    }

    /// <summary>Takes a signal as a request from now on.</summary>
    internal void On(PosixSignal signal, Outcome outcome) =>
        _registrations.Add(
            PosixSignalRegistration.Create(
                signal,
                context =>
                {
                    context.Cancel = true;
                    if (!IsEcho(TimeProvider.System.GetTimestamp()))
                    {
                        Request(outcome);
                    }
                }
            )
        );

    [SuppressMessage(
        "ApiDesign",
        "RS0030",
        Justification = "The second signal means now: whatever still runs did not listen to the first."
    )]
    [ExcludeFromCodeCoverage(Justification = "It ends the process that would count the line.")]
    private static void Exit(int code)
    {
        Descendants.KillAll();
        Environment.Exit(code);
    }
}
