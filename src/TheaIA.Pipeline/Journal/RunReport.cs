using System.Text.Json;

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
        var path = Path.Combine(folder, FileName);
        var aside = $"{path}.{Environment.ProcessId}";
        File.WriteAllText(aside, Of(run));
        File.Move(aside, path, overwrite: true);
    }

    public static string Of(RunRecord run) => JsonPages.Write(json => WriteFields(json, run));

    public static string Of(IEnumerable<RunRecord> runs) =>
        JsonPages.Write(json =>
        {
            json.WriteStartArray("runs");
            foreach (var run in runs)
            {
                json.WriteStartObject();
                WriteFields(json, run);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    private static void WriteFields(Utf8JsonWriter json, RunRecord run)
    {
        json.WriteNumber("version", Version);
        json.WriteString("id", run.Head.Id);
        json.Texts("asked", run.Head.Asked);
        json.Value("state", run.State);
        if (run.End is { } end)
        {
            json.WriteNumber("exitCode", (int)end.Outcome);
        }

        json.Optional("rootCause", run.RootCause?.Name);
        json.Optional("interruptedBy", run.Interrupted?.By);
        json.WriteString("started", run.Head.Started);
        json.WriteNumber("seconds", run.Took.TotalSeconds);
        json.WriteString("host", run.Head.Host);
        json.WriteNumber("pid", run.Head.Pid);
        json.WriteString("program", run.Head.Fingerprint.Program);
        json.WriteStartArray("targets");
        foreach (var target in run.Targets)
        {
            WriteTarget(json, target);
        }

        json.WriteEndArray();
    }

    private static void WriteTarget(Utf8JsonWriter json, TargetRecord target)
    {
        json.WriteStartObject();
        json.WriteString("name", target.Name);
        json.Value("result", target.Result);
        if (target.End is { } end)
        {
            json.WriteNumber("seconds", end.Took.TotalSeconds);
            json.Optional("figure", end.Figure);
            json.WriteBoolean("note", end.IsNote);
            json.Optional("reason", end.Reason);
            json.Optional("error", end.Error);
            json.Optional("log", end.Log);
        }

        json.WriteStartArray("gates");
        foreach (var gate in target.Gates)
        {
            json.WriteStartObject();
            json.WriteString("gate", gate.Gate);
            json.Value("verdict", gate.Verdict);
            json.WriteString("value", gate.Value);
            json.WriteString("limit", gate.Limit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
