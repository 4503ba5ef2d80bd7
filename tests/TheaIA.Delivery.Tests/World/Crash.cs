namespace TheaIA.Delivery.Tests.World;

/// <summary>The process was killed: nothing that it calls from now on has an effect.</summary>
internal sealed class CrashException : Exception;

/// <summary>A process that can be killed at a named step, or at the n-th call it makes.</summary>
internal sealed class Life(int process, string? diesAt = null, int diesAtCall = 0)
{
    private int _calls;

    public int Process { get; } = process;

    public bool Dead { get; private set; }

    public List<string> Steps { get; } = [];

    public int Calls => _calls;

    public Action<string> Step { get; set; } = static _ => { };

    /// <summary>Before and after every effect.</summary>
    public void Call()
    {
        if (Interlocked.Increment(ref _calls) == diesAtCall)
        {
            Dead = true;
        }

        Live();
    }

    public void Reached(string step)
    {
        Live();
        Steps.Add(step);
        Step(step);
        if (step == diesAt)
        {
            Dead = true;
            Live();
        }
    }

    private void Live()
    {
        if (Dead)
        {
            throw new CrashException();
        }
    }
}
