using System.Text.Json;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>
/// What happened in a run: one line of its journal. Written and read by hand, both in one place: the
/// serializer would cost a quick run more than the run itself.
/// </summary>
/// <param name="At">When, by the run's clock.</param>
internal abstract record RunEvent(DateTimeOffset At)
{
    private const string NameField = "event";

    /// <summary>What it is called in the journal.</summary>
    protected abstract string Name { get; }

    /// <summary>Writes it as one JSON object.</summary>
    public void WriteTo(JsonText json)
    {
        json.BeginObject();
        json.Write(NameField, Name);
        json.Write("at", At);
        WriteFields(json);
        json.EndObject();
    }

    /// <summary>Null: it is torn, or of another version of the engine.</summary>
    public static RunEvent? Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var json = document.RootElement;
            return json.GetProperty(NameField).GetString() switch
            {
                RunStarted.EventName => RunStarted.Read(json),
                TargetStarted.EventName => TargetStarted.Read(json),
                GateMeasured.EventName => GateMeasured.Read(json),
                TargetEnded.EventName => TargetEnded.Read(json),
                RunAlive.EventName => new RunAlive(When(json)),
                RunInterrupted.EventName => RunInterrupted.Read(json),
                RunEnded.EventName => RunEnded.Read(json),
                _ => null,
            };
        }
        catch (Exception torn)
            when (torn
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
                        or ArgumentException
            )
        {
            return null;
        }
    }

    protected abstract void WriteFields(JsonText json);

    protected static DateTimeOffset When(JsonElement json) =>
        json.GetProperty("at").GetDateTimeOffset();

    protected static TimeSpan Seconds(JsonElement json) =>
        TimeSpan.FromSeconds(json.GetProperty("seconds").GetDouble());
}

/// <summary>The run holds its checkout, nothing refused it, and its first target comes next.</summary>
internal sealed record RunStarted(DateTimeOffset At) : RunEvent(At)
{
    public const string EventName = "runStarted";

    public required string Id { get; init; }
    public required int Pid { get; init; }

    /// <summary>See <see cref="ProcessStart"/>; null: not known.</summary>
    public required string? Process { get; init; }

    /// <summary>build.sh's first line.</summary>
    public required DateTimeOffset Started { get; init; }
    public required IReadOnlyList<string> Asked { get; init; }
    public required IReadOnlyList<string> Plan { get; init; }
    public required string Host { get; init; }

    /// <summary>A target of another run started it.</summary>
    public required bool IsInside { get; init; }

    /// <summary>What a later run compares itself with.</summary>
    public required RunFingerprint Fingerprint { get; init; }

    protected override string Name => EventName;

    public static RunStarted Read(JsonElement json) =>
        new(When(json))
        {
            Id = json.GetProperty("id").GetString()!,
            Pid = json.GetProperty("pid").GetInt32(),
            Process = json.Text("process"),
            Started = json.GetProperty("started").GetDateTimeOffset(),
            Asked = json.Texts("asked"),
            Plan = json.Texts("plan"),
            Host = json.GetProperty("host").GetString()!,
            IsInside = json.GetProperty("inside").GetBoolean(),
            Fingerprint = new(
                json.GetProperty("program").GetString()!,
                json.Text("parameters"),
                json.Text("tree")
            ),
        };

    protected override void WriteFields(JsonText json)
    {
        json.Write("id", Id);
        json.Write("pid", Pid);
        json.Optional("process", Process);
        json.Write("started", Started);
        json.Write("asked", Asked);
        json.Write("plan", Plan);
        json.Write("host", Host);
        json.Write("inside", IsInside);
        json.Write("program", Fingerprint.Program);
        json.Optional("parameters", Fingerprint.Parameters);
        json.Optional("tree", Fingerprint.Tree);
    }
}

/// <summary>A target works.</summary>
internal sealed record TargetStarted(DateTimeOffset At, string Target) : RunEvent(At)
{
    public const string EventName = "targetStarted";

    protected override string Name => EventName;

    public static TargetStarted Read(JsonElement json) =>
        new(When(json), json.GetProperty("target").GetString()!);

    protected override void WriteFields(JsonText json) => json.Write("target", Target);
}

/// <summary>A gate of a target was measured.</summary>
/// <param name="At">When.</param>
/// <param name="Target">The target that it stops.</param>
/// <param name="Gate">Its name.</param>
/// <param name="Verdict">The answer.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Limit">The goal; empty: there is none.</param>
internal sealed record GateMeasured(
    DateTimeOffset At,
    string Target,
    string Gate,
    Verdict Verdict,
    string Value,
    string Limit
) : RunEvent(At)
{
    public const string EventName = "gateMeasured";

    protected override string Name => EventName;

    public static GateMeasured Read(JsonElement json) =>
        new(
            When(json),
            json.GetProperty("target").GetString()!,
            json.GetProperty("gate").GetString()!,
            json.Value<Verdict>("verdict"),
            json.GetProperty("value").GetString()!,
            json.GetProperty("limit").GetString()!
        );

    protected override void WriteFields(JsonText json)
    {
        json.Write("target", Target);
        json.Write("gate", Gate);
        json.Value("verdict", Verdict);
        json.Write("value", Value);
        json.Write("limit", Limit);
    }
}

/// <summary>A target ended, or did not come to its turn.</summary>
internal sealed record TargetEnded(DateTimeOffset At, string Target, TargetResult Result)
    : RunEvent(At)
{
    public const string EventName = "targetEnded";

    public TimeSpan Took { get; init; }
    public string? Figure { get; init; }

    /// <summary>Its figure is something to note.</summary>
    public bool IsNote { get; init; }

    /// <summary>Why it ran although it could have been up to date, or why it did not run.</summary>
    public string? Reason { get; init; }

    /// <summary>The first line of what ended it.</summary>
    public string? Error { get; init; }

    /// <summary>Relative to the root; null: it wrote none.</summary>
    public string? Log { get; init; }

    protected override string Name => EventName;

    public static TargetEnded Read(JsonElement json) =>
        new(When(json), json.GetProperty("target").GetString()!, json.Value<TargetResult>("result"))
        {
            Took = Seconds(json),
            Figure = json.Text("figure"),
            IsNote = json.GetProperty("note").GetBoolean(),
            Reason = json.Text("reason"),
            Error = json.Text("error"),
            Log = json.Text("log"),
        };

    protected override void WriteFields(JsonText json)
    {
        json.Write("target", Target);
        json.Value("result", Result);
        json.Write("seconds", Took);
        json.Optional("figure", Figure);
        json.Write("note", IsNote);
        json.Optional("reason", Reason);
        json.Optional("error", Error);
        json.Optional("log", Log);
    }
}

/// <summary>Nothing happened for a while, but the run is there: so its end by kill -9 has a time.</summary>
internal sealed record RunAlive(DateTimeOffset At) : RunEvent(At)
{
    public const string EventName = "runAlive";

    protected override string Name => EventName;

    protected override void WriteFields(JsonText json)
    {
        // the time says it all
    }
}

/// <summary>Ctrl-C or SIGTERM asked the run to end.</summary>
internal sealed record RunInterrupted(DateTimeOffset At, string By) : RunEvent(At)
{
    public const string EventName = "runInterrupted";

    protected override string Name => EventName;

    public static RunInterrupted Read(JsonElement json) =>
        new(When(json), json.GetProperty("by").GetString()!);

    protected override void WriteFields(JsonText json) => json.Write("by", By);
}

/// <summary>The run ended by itself.</summary>
/// <param name="At">When.</param>
/// <param name="Outcome">How; its number is the exit code.</param>
/// <param name="Took">From build.sh's first line.</param>
/// <param name="RootCause">The target that failed first, one that others may proceed after only where no other did; null: none did.</param>
internal sealed record RunEnded(
    DateTimeOffset At,
    Outcome Outcome,
    TimeSpan Took,
    string? RootCause
) : RunEvent(At)
{
    public const string EventName = "runEnded";

    protected override string Name => EventName;

    public static RunEnded Read(JsonElement json) =>
        new(
            When(json),
            (Outcome)json.GetProperty("exitCode").GetInt32(),
            Seconds(json),
            json.Text("rootCause")
        );

    protected override void WriteFields(JsonText json)
    {
        json.Write("exitCode", (int)Outcome);
        json.Write("seconds", Took);
        json.Optional("rootCause", RootCause);
    }
}
