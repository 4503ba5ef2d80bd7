using System.Diagnostics.CodeAnalysis;

namespace TheaIA.Pipeline;

/// <summary>
/// Tells one target's code to stop, by a token of its own: what the code does when it hears of it may take
/// its time or throw, and neither the engine nor another target waits for that or falls with it.
/// </summary>
/// <param name="thrown">Takes what it threw.</param>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "To dispose a source waits for what it calls, and it holds nothing else."
)]
internal sealed class StopWord(Action<Exception> thrown)
{
    private readonly Lock _gate = new();

    private CancellationTokenSource _attempt = new();
    private bool _isTold;

    /// <summary>Of the attempt that runs.</summary>
    public CancellationToken Token
    {
        get
        {
            lock (_gate)
            {
                return _attempt.Token;
            }
        }
    }

    /// <summary>For another attempt, when one before it was over its limit.</summary>
    public CancellationToken Renew()
    {
        lock (_gate)
        {
            if (_attempt.IsCancellationRequested && !_isTold)
            {
                _attempt = new();
            }

            return _attempt.Token;
        }
    }

    /// <summary>The run is over: this attempt, and all that would come.</summary>
    public void Tell()
    {
        lock (_gate)
        {
            _isTold = true;
        }

        TellAttempt();
    }

    /// <summary>This attempt is over its limit.</summary>
    public void TellAttempt()
    {
        CancellationTokenSource attempt;
        lock (_gate)
        {
            attempt = _attempt;
        }

        _ = TellAsync(attempt);
    }

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "Whatever code does when it is told to stop, it is told, and that is said."
    )]
    private async Task TellAsync(CancellationTokenSource attempt)
    {
        try
        {
            // the token says so at once; what was registered with it is called on another thread
            await attempt.CancelAsync();
        }
        catch (Exception e)
        {
            thrown(e.GetBaseException());
        }
    }
}
