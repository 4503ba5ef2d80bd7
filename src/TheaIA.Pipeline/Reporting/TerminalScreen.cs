namespace TheaIA.Pipeline;

/// <summary>
/// A person's terminal. Lines are coloured by hand; only a run that lasts brings up the live view, so
/// that a quick one pays nothing for it.
/// </summary>
internal sealed class TerminalScreen(TextWriter output, TimeProvider time, bool ownsProcess)
    : Screen
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);
    private const int MarkWidth = 6;
    private readonly Lock _gate = new();

    // the view asks while it draws: it must not wait for a line that waits for the view
    private readonly Lock _list = new();
    private readonly List<RunningTarget> _running = [];
    private ITimer? _timer;
    private LiveView? _live;
    private bool _closed;

    public override void Write(string line, LineStyle style)
    {
        lock (_gate)
        {
            var text = Colour(line, style);
            if (_live is { } live)
            {
                // what the view had on this row may have been longer
                live.Write(text + "\e[K\n");
            }
            else
            {
                output.Write(text + "\n");
            }
        }
    }

    public override void Started(RunningTarget running)
    {
        lock (_list)
        {
            _running.Add(running);
        }

        lock (_gate)
        {
            _timer ??= time.CreateTimer(_ => GoLive(), null, Patience, Timeout.InfiniteTimeSpan);
        }
    }

    public override void Ended(RunningTarget running)
    {
        lock (_list)
        {
            _running.Remove(running);
        }
    }

    public override void Dispose()
    {
        LiveView? live;
        lock (_gate)
        {
            _closed = true;
            live = _live;
            _live = null;
            _timer?.Dispose();
        }

        live?.Dispose();
        base.Dispose();
    }

    private void GoLive()
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _live ??= new LiveView(output, Snapshot, time, ownsProcess);
            }
        }
    }

    private RunningTarget[] Snapshot()
    {
        lock (_list)
        {
            return [.. _running];
        }
    }

    private static string Colour(string text, LineStyle style)
    {
        var line = Visible.Coloured(text);
        var colour = style switch
        {
            LineStyle.Done => "32",
            LineStyle.Note => "33",
            LineStyle.Failed => "1;31",
            LineStyle.Heading => "1",
            LineStyle.Quiet or LineStyle.Detail => "2",
            _ => null,
        };
        if (colour is null || line.Length == 0)
        {
            return line;
        }

        var end = style is LineStyle.Done or LineStyle.Note or LineStyle.Failed
            ? Math.Min(MarkWidth, line.Length)
            : line.Length;
        return $"\e[{colour}m{line[..end]}\e[0m{line[end..]}";
    }
}
