using Microsoft.Win32.SafeHandles;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace TheaIA.Pipeline;

/// <summary>What runs now, below the lines that are done: name, clock, what it is doing.</summary>
internal sealed class LiveView : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);
    private readonly AnsiConsoleOutput _output;
    private readonly IAnsiConsole _console;
    private readonly Func<RunningTarget[]> _running;
    private readonly TimeProvider _time;

    // of the process's own output nobody can ask it: while targets run, that is a pipe (InheritedOutput)
    private readonly SafeFileHandle? _terminal;
    private readonly CancellationTokenSource _end = new();

    // Spectre takes its two locks in one order to write and in the other to refresh
    private readonly Lock _turn = new();
    private readonly Task _shown;

    /// <param name="output">Where it is drawn.</param>
    /// <param name="running">What runs.</param>
    /// <param name="time">The run's clock.</param>
    /// <param name="ownsProcess">The output is that of this process, whose terminal says how large it is.</param>
    public LiveView(
        TextWriter output,
        Func<RunningTarget[]> running,
        TimeProvider time,
        bool ownsProcess
    )
    {
        _terminal = ownsProcess ? OpenTerminal() : null;
        _output = new AnsiConsoleOutput(output);
        _console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                Interactive = InteractionSupport.Yes,
                ColorSystem = ColorSystemSupport.Standard,
                Out = _output,
            }
        );
        // until it is measured
        (_console.Profile.Width, _console.Profile.Height) = (80, 24);
        _running = running;
        _time = time;
        _shown = Task.Run(ShowAsync);
    }

    /// <summary>Puts a line above the view; it carries its own colours.</summary>
    public void Write(string text)
    {
        lock (_turn)
        {
            _console.Write(new Verbatim(text));
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _shown.GetAwaiter().GetResult();
        _terminal?.Dispose();
        _end.Dispose();
    }

    /// <summary>The view's rows at this moment.</summary>
    internal static IReadOnlyList<string> Rows(
        IEnumerable<RunningTarget> running,
        TimeProvider time
    )
    {
        var targets = running.ToList();
        var layout = new Layout(targets.Select(r => r.Target.Name));
        return
        [
            .. targets.Select(r =>
                layout
                    .Target(
                        "run",
                        r.Target.Name,
                        HumanTime.Format(time.GetElapsedTime(r.Start)),
                        Visible.Line(Doing(r))
                    )
                    .First()
            ),
        ];
    }

    private static string Doing(RunningTarget running)
    {
        var now = running.Now ?? running.Reason;
        return running.Expected is not { } expected ? now ?? ""
            : now is null ? $"of about {HumanTime.Format(expected)}"
            : $"of about {HumanTime.Format(expected)}, {now}";
    }

    private async Task ShowAsync() =>
        await _console
            .Live(new Frame(_running, _time))
            .AutoClear(true)
            .StartAsync(async live =>
            {
                while (!_end.IsCancellationRequested)
                {
                    Measure();
                    lock (_turn)
                    {
                        live.Refresh();
                    }

                    await Task.Delay(Beat, _time, _end.Token)
                        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            });

    /// <summary>
    /// Before the turn, and never while drawing: the framework asks the terminal under the lock of
    /// Console.Out, which a target that writes a line holds while it waits for its turn.
    /// </summary>
    private void Measure() =>
        (_console.Profile.Width, _console.Profile.Height) = _terminal is { } terminal
            ? NativeMethods.SizeOfTerminal(terminal) ?? (_output.Width, _output.Height)
            : (_output.Width, _output.Height);

    private static SafeFileHandle? OpenTerminal()
    {
        try
        {
            return OperatingSystem.IsLinux()
                ? File.OpenHandle("/dev/tty", FileMode.Open, FileAccess.Read, FileShare.ReadWrite)
                : null;
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            // a terminal that is not the process's own, as with --host Terminal
            return null;
        }
    }

    /// <summary>Asks what runs each time that it is drawn, so that what has ended is gone at once.</summary>
    private sealed class Frame(Func<RunningTarget[]> running, TimeProvider time) : Renderable
    {
        private static readonly Style Aqua = new(Color.Aqua);

        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
        {
            foreach (var row in Rows(running(), time))
            {
                // in cells, of which a wide character takes two
                foreach (var shown in Segment.Truncate([new Segment(row, Aqua)], maxWidth - 1))
                {
                    yield return shown;
                }

                yield return Segment.LineBreak;
            }
        }
    }

    /// <summary>Text that is neither wrapped nor measured.</summary>
    private sealed class Verbatim(string text) : Renderable
    {
        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
            [Segment.Control(text)];
    }
}
