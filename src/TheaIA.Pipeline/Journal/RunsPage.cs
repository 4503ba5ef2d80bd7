namespace TheaIA.Pipeline;

/// <summary>What <c>Runs</c> shows: the runs on record, or one of them.</summary>
internal static class RunsPage
{
    private const int Gap = 3;

    /// <summary>One line a run: id, when, what was asked for, how long it took, how it ended.</summary>
    public static IEnumerable<string> List(IReadOnlyCollection<RunRecord> runs, RunScope scope)
    {
        if (runs.Count == 0)
        {
            yield return $"No run is on record here: the first one will be, in {RunHistory.Folder}.";
            yield break;
        }

        string[][] rows =
        [
            .. runs.Select(r =>
                new[]
                {
                    r.Head.Id,
                    RunWords.When(r.Head.Started, scope),
                    string.Join(", ", r.Head.Asked),
                    RunWords.Took(r),
                    RunWords.Ended(r),
                }
            ),
        ];
        int[] widths = [.. Enumerable.Range(0, 3).Select(c => rows.Max(r => r[c].Length) + Gap)];
        foreach (var row in rows)
        {
            var head = string.Concat(widths.Select((width, c) => row[c].PadRight(width)));
            foreach (var line in Layout.Wrap($"{head}{row[3], 8}   ", row[4]))
            {
                yield return line;
            }
        }
    }

    /// <summary>One line a target as in the run's own output, with its gates and its log below.</summary>
    public static IEnumerable<string> Show(RunRecord run, RunScope scope)
    {
        var head = run.Head;
        yield return $"{string.Join(", ", head.Asked)}   {RunWords.When(head.Started, scope)}, {head.Id}";
        yield return "";
        var layout = new Layout(run.Targets.Select(t => t.Name));
        foreach (var target in run.Shown)
        {
            foreach (var line in Lines(target, run, layout))
            {
                yield return line;
            }
        }

        yield return "";
        var took = run.End is { } end ? $" after {HumanTime.Format(end.Took)}" : "";
        var ended = RunWords.Ended(run);
        yield return $"{char.ToUpperInvariant(ended[0])}{ended[1..]}{took}.";
    }

    private static IEnumerable<string> Lines(TargetRecord target, RunRecord run, Layout layout)
    {
        var took =
            target.End is { } end && TargetResults.Ran(target)
                ? HumanTime.Format(end.Took)
                : Layout.NoTime;
        var text = target.Text;
        if (took == Layout.NoTime)
        {
            var words = TargetResults.Words(target, run);
            text = text.Length == 0 ? words : $"{words}: {text}";
        }

        foreach (var line in layout.Target(TargetResults.Mark(target), target.Name, took, text))
        {
            yield return line;
        }

        foreach (var gate in target.Gates)
        {
            var limit = gate.Limit.Length > 0 ? $" [{gate.Limit}]" : "";
            var verdict = JsonFields.NameOf(gate.Verdict);
            yield return Layout.Detail($"gate {gate.Gate}: {verdict}, {gate.Value}{limit}");
        }

        if (target.End is { Log: { } log })
        {
            yield return Layout.Detail($"log: {log}");
        }
    }
}
