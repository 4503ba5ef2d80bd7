using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TheaIA.Pipeline;

/// <summary><c>--help json</c> and <c>--plan json</c>, for programs.</summary>
internal static class JsonPages
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Help(TargetSet targets, IReadOnlyList<ParameterDefinition> parameters) =>
        Write(json =>
        {
            json.WriteStartArray("targets");
            foreach (var target in targets.All)
            {
                json.WriteStartObject();
                json.WriteString("name", target.Name);
                json.WriteString("description", target.Description);
                json.WriteBoolean("default", target.IsDefault);
                json.WriteBoolean("listed", target.Listed);
                json.WriteBoolean("effect", target.IsEffect);
                Names(json, "dependsOn", target.Needs);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("parameters");
            foreach (var parameter in parameters)
            {
                json.WriteStartObject();
                json.WriteString("name", parameter.Name);
                // a secret is never typed
                json.WriteString("option", parameter.IsSecret ? null : parameter.Option);
                json.WriteString("variable", parameter.Variable);
                json.WriteString("type", parameter.Type.Name);
                json.WriteString("description", parameter.Description);
                json.WriteBoolean("secret", parameter.IsSecret);
                json.WriteBoolean("required", parameter.IsRequired);
                json.WriteBoolean("commandLineOnly", parameter.IsCommandLineOnly);
                json.WriteBoolean("listed", parameter.IsListed);
                Texts(json, "values", parameter.Values);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    public static string Plan(Plan plan, Prediction predicted, TimeSpan spent) =>
        Write(json =>
        {
            Seconds(json, "predictedSeconds", predicted.IsKnown ? predicted.Total : default);
            Names(json, "criticalPath", predicted.CriticalPath());
            Texts(json, "warnings", TimeBudget.Warnings(plan, predicted, spent));
            json.WriteStartArray("targets");
            foreach (var (target, level, place) in PlanPage.InWaves(plan))
            {
                json.WriteStartObject();
                json.WriteString("name", target.Name);
                json.WriteNumber("wave", level + 1);
                Seconds(json, "predictedSeconds", predicted.Of(place));
                json.WriteBoolean("invoked", target.Invoked);
                json.WriteBoolean("effect", target.IsEffect);
                json.WriteString("skipped", target.SkipReason);
                json.WriteString("why", PlanPage.Why(plan, target));
                Names(json, "dependsOn", target.Needs);
                Names(json, "after", target.Follows.Where(plan.Contains));
                Names(json, "triggeredBy", target.PulledBy.Where(plan.Contains));
                Names(json, "consumes", target.Uses);
                Texts(json, "produces", target.Definition.Artifacts);
                json.WriteNumber("parts", target.Definition.Parts);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    /// <summary>One object, indented.</summary>
    public static string Write(Action<Utf8JsonWriter> body)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Indented))
        {
            json.WriteStartObject();
            body(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()).ReplaceLineEndings("\n");
    }

    /// <summary>Null: nobody knows.</summary>
    private static void Seconds(Utf8JsonWriter json, string name, TimeSpan time)
    {
        if (time > TimeSpan.Zero)
        {
            json.WriteNumber(name, Math.Round(time.TotalSeconds, 3));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Names(
        Utf8JsonWriter json,
        string name,
        IEnumerable<ExecutableTarget> targets
    ) => Texts(json, name, targets.Select(t => t.Name));

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
