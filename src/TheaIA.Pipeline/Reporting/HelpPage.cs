namespace TheaIA.Pipeline;

/// <summary><c>--help</c> and <c>--list</c>.</summary>
internal static class HelpPage
{
    private const int Gap = 3;

    public static IEnumerable<string> Lines(
        TargetSet targets,
        IReadOnlyList<ParameterDefinition> parameters
    )
    {
        yield return "./build.sh [TARGETS] [--OPTIONS]";
        yield return "";
        yield return "Targets (names ignore case and dashes)";
        var listed = targets.All.FindAll(t => t.Listed);
        foreach (
            var line in Table(listed.ConvertAll(t => (t.Name, (t.Description ?? "") + Default(t))))
        )
        {
            yield return line;
        }

        yield return "";
        var own = parameters.Where(p => p.IsListed).ToList();
        if (own.Count > 0)
        {
            yield return "Parameters (command line, environment, .nuke/parameters.json, in this order)";
            foreach (var line in Table(own.ConvertAll(p => (Head(p), Text(p)))))
            {
                yield return line;
            }

            yield return "";
        }

        if (targets.Find(RunsCommand.Name) is null)
        {
            yield return "Runs on record (in .nuke/temp/runs, the last 20)";
            foreach (
                var line in Table([
                    (RunsCommand.Name, "lists them: when, what, how long, how they ended"),
                    ($"{RunsCommand.Name} --show ID [json]", "one of them: targets, gates, logs"),
                ])
            )
            {
                yield return line;
            }

            yield return "";
        }

        if (targets.Find(SchemaCommand.Name) is null)
        {
            yield return "For editors";
            foreach (
                var line in Table([
                    (SchemaCommand.Name, "writes .nuke/build.schema.json for the parameter files"),
                ])
            )
            {
                yield return line;
            }

            yield return "";
        }

        yield return "Options";
        foreach (
            var line in Table(
                EngineOption
                    .All.Where(o => !own.Exists(p => p.Key == o.Key))
                    .Select(o => ($"{o.Option} {o.Values}".TrimEnd(), o.Description))
            )
        )
        {
            yield return line;
        }

        yield return "";
        yield return "Examples";
        foreach (var line in Examples(listed))
        {
            yield return "  " + line;
        }
    }

    /// <summary>One name a line, for scripts and completion.</summary>
    public static IEnumerable<string> List(TargetSet targets) => targets.Names;

    private static string Default(ExecutableTarget target) =>
        !target.IsDefault ? ""
        : target.Description is null ? "(default)"
        : " (default)";

    private static string Head(ParameterDefinition parameter) =>
        parameter.IsSecret ? parameter.Variable : parameter.Option;

    private static string Text(ParameterDefinition parameter)
    {
        var notes = new List<string>();
        if (parameter.IsSecret)
        {
            notes.Add($"secret: environment, {parameter.Variable}_FILE or a command");
        }
        else if (parameter.IsCommandLineOnly)
        {
            notes.Add("command line only");
        }

        if (parameter.IsRequired)
        {
            notes.Add("required");
        }

        if (parameter.Values.Count > 0 && !parameter.IsSwitch)
        {
            notes.Add(string.Join(", ", parameter.Values));
        }

        var note = notes.Count == 0 ? "" : $"({string.Join("; ", notes)})";
        return $"{parameter.Description} {note}".Trim();
    }

    private static IEnumerable<string> Examples(List<ExecutableTarget> listed)
    {
        var main = listed.Find(t => t.IsDefault) ?? (listed.Count > 0 ? listed[0] : null);
        if (main is null)
        {
            yield break;
        }

        yield return $"./build.sh {main.Name}";
        yield return $"./build.sh {listed[^1].Name} --plan";
        yield return $"./build.sh {main.Name} --skip";
    }

    private static IEnumerable<string> Table(IEnumerable<(string Head, string Text)> rows)
    {
        var all = rows.ToList();
        var width = all.Select(r => r.Head.Length).DefaultIfEmpty().Max() + Gap;
        foreach (var (head, text) in all)
        {
            foreach (var line in Layout.Wrap("  " + head.PadRight(width), text))
            {
                yield return line.TrimEnd();
            }
        }
    }
}
