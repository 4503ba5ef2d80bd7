using Spectre.Console;
using Spectre.Console.Rendering;

namespace TheaIA.Pipeline;

/// <summary>What runs now, below the lines that are done: name, clock, what it is doing.</summary>
internal sealed class LiveView : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);
    private readonly IAnsiConsole _console;
    private readonly Func<RunningTarget[]> _running;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _shown;

    public LiveView(TextWriter output, Func<RunningTarget[]> running, TimeProvider time)
    {
        _console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                Interactive = InteractionSupport.Yes,
                ColorSystem = ColorSystemSupport.Standard,
                Out = new AnsiConsoleOutput(output),
            }
        );
        _running = running;
        _time = time;
        _shown = Task.Run(ShowAsync);
    }

    /// <summary>Puts a line above the view; it carries its own colours.</summary>
    public void Write(string text) => _console.Write(new Verbatim(text));

    public void Dispose()
    {
        _end.Cancel();
        _shown.GetAwaiter().GetResult();
        _end.Dispose();
    }

    /// <summary>The view's rows at this moment.</summary>
    internal static IReadOnlyList<string> Rows(IEnumerable<RunningTarget> running, TimeProvider time)
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
                        r.Now ?? r.Reason ?? ""
                    )
                    .First()
            ),
        ];
    }

    private async Task ShowAsync() =>
        await _console
            .Live(Frame())
            .AutoClear(true)
            .StartAsync(async live =>
            {
                while (!_end.IsCancellationRequested)
                {
                    live.UpdateTarget(Frame());
                    await Task.Delay(Beat, _time, _end.Token)
                        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            });

    private Rows Frame() =>
        new(
            Rows(_running(), _time)
                .Select(row => new Text(row, new Style(Color.Aqua)) { Overflow = Overflow.Ellipsis })
        );

    /// <summary>Text that is neither wrapped nor measured.</summary>
    private sealed class Verbatim(string text) : Renderable
    {
        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
            [Segment.Control(text)];
    }
}
