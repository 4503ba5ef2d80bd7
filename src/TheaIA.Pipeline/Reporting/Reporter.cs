using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>
/// Turns what happens into lines: one a target. What was not done is said in one line for all, before
/// the next line that comes. Safe to be called by all targets at once.
/// </summary>
internal sealed class Reporter(
    Screen screen,
    Layout layout,
    Verbosity verbosity,
    SecretMask mask,
    TimeProvider time
) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ExecutableTarget, Made> _made = [];
    private readonly NotDone _notDone = new(time);
    private readonly OutputTurns _turns = new();
    private bool _hasLines;

    private bool IsQuiet => verbosity == Verbosity.Quiet;

    public void Headline(string line)
    {
        lock (_gate)
        {
            WriteText(mask.Mask(line), LineStyle.Heading);
            screen.Write("", LineStyle.Text);
            _hasLines = false;
        }
    }

    /// <summary>Something to know outside of any target: a wait, a refusal's cause.</summary>
    public void Remark(string line)
    {
        lock (_gate)
        {
            WriteText(line, LineStyle.Quiet);
        }
    }

    public void Started(RunningTarget running)
    {
        lock (_gate)
        {
            _turns.Start(running);
            running.IsStarted = true;
            screen.Started(running);
        }
    }

    public void ConsoleLine(RunningTarget running, string line)
    {
        lock (_gate)
        {
            if (verbosity >= Verbosity.Normal)
            {
                Show(running, _turns.Take(running, line));
            }
        }
    }

    /// <summary>A line of which nobody can tell whose it is.</summary>
    public void SharedLine(string line)
    {
        lock (_gate)
        {
            if (verbosity >= Verbosity.Normal)
            {
                Flush();
                screen.Write(Layout.Detail($"{InheritedLines.Name}: {line}"), LineStyle.Detail);
                _hasLines = true;
            }
        }
    }

    public void Say(string line)
    {
        lock (_gate)
        {
            Flush();
            screen.Write(line, LineStyle.Text);
            _hasLines = true;
        }
    }

    public void Step(string name, TimeSpan took, string figure)
    {
        lock (_gate)
        {
            Line("ok", name, HumanTime.Format(took), figure, LineStyle.Done);
        }
    }

    /// <summary>The target ends without having run: what it makes stands.</summary>
    public void WasMade(ExecutableTarget target, Made made)
    {
        lock (_gate)
        {
            _made[target] = made;
        }
    }

    public void Ended(RunningTarget running)
    {
        lock (_gate)
        {
            var target = running.Target;
            Show(running, _turns.Rest(running));
            screen.Ended(running);
            switch (target.Status)
            {
                case ExecutionStatus.Failed:
                    Failed(running);
                    break;
                case ExecutionStatus.Aborted:
                    var left = target.Error is LeftBehindException { Message: var m }
                        ? $", {m}"
                        : "";
                    Line(
                        "-",
                        target.Name,
                        Took(target),
                        target.AbortedBecause + left,
                        LineStyle.Quiet
                    );
                    break;
                case ExecutionStatus.Skipped:
                    Group(_notDone.Skipped(target));
                    break;
                case ExecutionStatus.Succeeded when target.UpToDate:
                    Same(running);
                    break;
                case ExecutionStatus.Succeeded when target.Continued is { } words:
                    Continued(running, words);
                    break;
                case ExecutionStatus.Succeeded:
                    Succeeded(running);
                    break;
                default:
                    break;
            }

            if (_turns.End(running) is { } next)
            {
                Show(next, _turns.Rest(next));
            }
        }
    }

    public void Skipped(ExecutableTarget target)
    {
        lock (_gate)
        {
            Group(_notDone.Skipped(target));
        }
    }

    /// <summary>What did not start, with its cause; after all that did.</summary>
    public void NotStarted(IEnumerable<ExecutableTarget> targets, string because)
    {
        lock (_gate)
        {
            Flush();
            Group(new GroupLine("-", [.. targets.Select(t => t.Name)], $"not started: {because}"));
        }
    }

    /// <summary>The last lines.</summary>
    public void Closing(IEnumerable<string> lines, LineStyle style)
    {
        lock (_gate)
        {
            Flush();
            ShowRest();
            if (_hasLines)
            {
                screen.Write("", LineStyle.Text);
            }

            foreach (var line in lines)
            {
                // before it is cut into lines: a secret may hold a space
                WriteText(mask.Mask(line), style);
            }
        }
    }

    /// <summary>Says what is left to say when nothing closes the run.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            Flush();
            ShowRest();
            screen.Dispose();
        }
    }

    private void Show(RunningTarget running, IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
        {
            Flush();
            screen.ConsoleLine(running, line, !_turns.HadCompany(running));
            _hasLines = true;
        }
    }

    /// <summary>A run that ends before its targets did.</summary>
    private void ShowRest()
    {
        foreach (var running in _turns.Waiting)
        {
            Show(running, _turns.Rest(running));
        }
    }

    private void Succeeded(RunningTarget running)
    {
        if (IsQuiet || (running.Answered && running.FigureText is null))
        {
            return;
        }

        // a note that took no time is a remark, not work
        var isRemark = running.IsNote && running.Target.Duration < TimeSpan.FromSeconds(0.05);
        Line(
            running.IsNote ? "note" : "ok",
            running.Target.Name,
            isRemark ? Layout.NoTime : Took(running.Target),
            Figure(running),
            running.IsNote ? LineStyle.Note : LineStyle.Done
        );
    }

    /// <summary>What it told, why it ran, and what was odd about it.</summary>
    private static string Figure(RunningTarget running)
    {
        var target = running.Target;
        string?[] parts =
        [
            running.FigureText,
            // an output that is never made is told once
            target.NotMade
                is { } path
            && running.Reason == UpToDate.OutputMissing(path)
                ? null
                : running.Reason,
            target.NotMade is null ? null : $"declared output not made: {target.NotMade}",
            target.Attempts > 1
                ? $"attempt {target.Attempts} of {target.Definition.Attempts}"
                : null,
        ];
        return string.Join("; ", Array.FindAll(parts, p => !string.IsNullOrEmpty(p)));
    }

    private void Failed(RunningTarget running)
    {
        var target = running.Target;
        var refused = target.Outcome == Outcome.Refused;
        var (text, details) = FailureText.Of(target, mask);
        Line(refused ? "NO" : "FAIL", target.Name, Took(target), text, LineStyle.Failed);
        foreach (
            var detail in details.Concat(verbosity < Verbosity.Normal ? running.LastLines() : [])
        )
        {
            screen.Write(Layout.Detail(detail), LineStyle.Detail);
        }

        screen.Annotate(target.Name, text);
    }

    private void Same(RunningTarget running)
    {
        var target = running.Target;
        var made = _made[target];
        if (target.Invoked)
        {
            SameAlone(running, $"{made.Told} {Layout.Ago(time.GetUtcNow() - made.When)}");
            return;
        }

        Group(_notDone.Same(target, made));
    }

    private void Continued(RunningTarget running, string words)
    {
        if (running.Target.Invoked)
        {
            SameAlone(running, words);
            return;
        }

        Group(_notDone.Continued(running.Target, words));
    }

    private void SameAlone(RunningTarget running, string text)
    {
        var figure = running.FigureText is { } told ? $"{told}; {text}" : text;
        Line("same", running.Target.Name, Layout.NoTime, figure, LineStyle.Quiet);
    }

    private void Flush() => Group(_notDone.Take());

    private void Group(IEnumerable<GroupLine> groups)
    {
        foreach (var group in groups)
        {
            Group(group);
        }
    }

    private void Group(GroupLine group)
    {
        if (!IsQuiet)
        {
            var text = Visible.Line(mask.Mask(group.Text));
            WriteAll(Layout.Group(group.Mark, group.Names, text), LineStyle.Quiet);
        }
    }

    private void Line(string sign, string name, string took, string figure, LineStyle style)
    {
        Flush();
        WriteAll(
            layout.Target(sign, Visible.Line(name), took, Visible.Line(mask.Mask(figure))),
            style
        );
    }

    /// <summary>Text that stands for itself, in as many lines as it has and needs.</summary>
    private void WriteText(string text, LineStyle style) =>
        WriteAll(Visible.Lines(text).SelectMany(line => Layout.Wrap("", line)), style);

    private void WriteAll(IEnumerable<string> lines, LineStyle style)
    {
        foreach (var line in lines)
        {
            screen.Write(line, style);
            _hasLines = true;
            style = style is LineStyle.Heading or LineStyle.Quiet ? style : LineStyle.Text;
        }
    }

    private static string Took(ExecutableTarget target) => HumanTime.Format(target.Duration);
}
