namespace TheaIA.Pipeline;

/// <summary>What makes a run end early: a signal, or with --fail-fast its first failure.</summary>
internal sealed class RunStop : IDisposable
{
    private readonly Interruption _interruption;
    private readonly CancellationTokenSource _failure = new();
    private readonly CancellationTokenSource _either;

    public RunStop(Interruption interruption)
    {
        _interruption = interruption;
        _either = CancellationTokenSource.CreateLinkedTokenSource(
            interruption.Token,
            _failure.Token
        );
    }

    /// <summary>Ends with either. For the engine itself: what targets' code gets is <see cref="StopWord"/>.</summary>
    public CancellationToken Token => _either.Token;

    public bool IsRequested => _either.IsCancellationRequested;

    /// <summary>The failure that ended the run; null: a signal did, or nothing.</summary>
    public ExecutableTarget? Failure { get; private set; }

    /// <summary>Why a target was cut off, as a person reads it.</summary>
    public string Why => Failure is { } failed ? $"cancelled: {failed.Name} failed" : "interrupted";

    /// <summary>Ends the run because this target failed, unless it ends already.</summary>
    public void FailFast(ExecutableTarget failed)
    {
        if (_interruption.Requested is null && Failure is null)
        {
            Failure = failed;
            _failure.Cancel();
        }
    }

    public void Dispose()
    {
        _either.Dispose();
        _failure.Dispose();
    }
}
