namespace TheaIA.Pipeline;

/// <summary>
/// A run as one JSON document: <c>report.json</c> in its folder, and <c>Runs --show ID json</c>.
/// docs/run-report.schema.json says what its fields mean.
/// </summary>
internal static class RunReport
{
    public const string FileName = "report.json";

    /// <summary>Grows when a field changes its meaning or goes.</summary>
    private const int Version = 1;

    /// <summary>Whole or not at all.</summary>
    public static void Save(RunRecord run, string folder)
    {
        var json = new JsonText();
        WriteRun(json, run);
        Aside.Write(Path.Combine(folder, FileName), json.TakeLine());
    }

    public static string Of(RunRecord run)
    {
        var json = new JsonText();
        WriteRun(json, run);
        return json.ToString();
    }

    public static string Of(IEnumerable<RunRecord> runs)
    {
        var json = new JsonText();
        json.BeginObject();
        json.BeginArray("runs");
        foreach (var run in runs)
        {
            WriteRun(json, run);
        }

        json.EndArray();
        json.EndObject();
        return json.ToString();
    }

    private static void WriteRun(JsonText json, RunRecord run)
    {
        json.BeginObject();
        json.Write("version", Version);
        json.Write("id", run.Head.Id);
        json.Write("asked", run.Head.Asked);
        json.Value("state", run.State);
        if (run.End is { } end)
        {
            json.Write("exitCode", (int)end.Outcome);
        }

        json.Optional("rootCause", run.RootCause?.Name);
        json.Optional("interruptedBy", run.Interrupted?.By);
        json.Write("started", run.Head.Started);
        json.Write("seconds", run.Took);
        json.Write("host", run.Head.Host);
        json.Write("pid", run.Head.Pid);
        json.Write("program", run.Head.Fingerprint.Program);
        json.BeginArray("targets");
        foreach (var target in run.Targets)
        {
            WriteTarget(json, target);
        }

        json.EndArray();
        json.EndObject();
    }

    private static void WriteTarget(JsonText json, TargetRecord target)
    {
        json.BeginObject();
        json.Write("name", target.Name);
        json.Value("result", target.Result);
        if (target.End is { } end)
        {
            json.Write("seconds", end.Took);
            json.Optional("figure", end.Figure);
            json.Write("note", end.IsNote);
            json.Optional("reason", end.Reason);
            json.Optional("error", end.Error);
            json.Optional("log", end.Log);
        }

        json.BeginArray("gates");
        foreach (var gate in target.Gates)
        {
            json.BeginObject();
            json.Write("gate", gate.Gate);
            json.Value("verdict", gate.Verdict);
            json.Write("value", gate.Value);
            json.Write("limit", gate.Limit);
            json.EndObject();
        }

        json.EndArray();
        json.EndObject();
    }
}
