namespace TheaIA.Pipeline;

/// <summary>What a line is, so that a terminal can colour it.</summary>
internal enum LineStyle
{
    Text,
    Done,
    Note,
    Quiet,
    Failed,
    Detail,
    Heading,
}

/// <summary>Where a host's lines go. Called by one thread at a time.</summary>
internal abstract class Screen : IDisposable
{
    /// <summary>Writes one whole line.</summary>
    public abstract void Write(string line, LineStyle style);

    /// <summary>A target begins to work.</summary>
    public virtual void Started(RunningTarget running) { }

    /// <summary>A target ended; its own line comes next.</summary>
    public virtual void Ended(RunningTarget running) { }

    /// <summary>A line that a target's code wrote.</summary>
    /// <param name="running">The target.</param>
    /// <param name="line">The line.</param>
    /// <param name="alone">No other target runs, so nobody asks whose line it is.</param>
    public virtual void ConsoleLine(RunningTarget running, string line, bool alone) =>
        Write(Layout.Detail(alone ? line : $"{running.Target.Name}: {line}"), LineStyle.Detail);

    /// <summary>What went wrong, for hosts that list it beside the lines.</summary>
    public virtual void Annotate(string title, string message) { }

    public virtual void Dispose() => GC.SuppressFinalize(this);
}

/// <summary>The same lines, plain.</summary>
internal sealed class PlainScreen(TextWriter output) : Screen
{
    public override void Write(string line, LineStyle style) => output.Write(line + "\n");
}
