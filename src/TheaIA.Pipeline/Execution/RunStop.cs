namespace TheaIA.Pipeline;

/// <summary>What makes a run end early: a signal, or with --fail-fast its first failure.</summary>
internal sealed class RunStop : IDisposable
{
    private readonly Interruption _interruption;
    private readonly CancellationTokenSource _failure = new();
    private readonly CancellationTokenSource _either;
    private readonly CancellationTokenSource _work;

    public RunStop(Interruption interruption)
    {
        _interruption = interruption;
        _either = CancellationTokenSource.CreateLinkedTokenSource(
            interruption.Token,
            _failure.Token
        );
        // The first to register is the last to be told: what a target does when it hears of it may take its
        // time, and must not keep the engine from hearing.
        _work = CancellationTokenSource.CreateLinkedTokenSource(_either.Token);
    }

    /// <summary>Ends with either: for the engine's own work.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>The same for what targets do, told after the engine.</summary>
    public CancellationToken WorkToken => _work.Token;

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
        _work.Dispose();
        _either.Dispose();
        _failure.Dispose();
    }
}
