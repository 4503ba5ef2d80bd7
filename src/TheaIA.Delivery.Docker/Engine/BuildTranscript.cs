using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Docker.DotNet.Models;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Docker.Engine;

/// <summary>
/// What an engine said while it built: where it was, what it warned of, what came out. It speaks in lines
/// of the classic builder (<c>Step 2/7 : COPY . /app</c>), which arrive in pieces.
/// </summary>
internal sealed partial class BuildTranscript(IProgressReport? progress) : IProgress<JSONMessage>
{
    private const int LinesKept = 20;
    private readonly StringBuilder line = new();
    private readonly Queue<string> output = new();
    private readonly List<string> warnings = [];
    private readonly Stages stages = new();

    /// <summary>The number of the step that began last, from 1; 0 before the first.</summary>
    public int Step { get; private set; }

    /// <summary>The image that came out; null while there is none.</summary>
    public string? Image { get; private set; }

    /// <summary>What went wrong, in the engine's words; null: nothing did.</summary>
    public string? Error { get; private set; }

    /// <summary>Each text once, in the order in which they came.</summary>
    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>The last lines of the step that began last.</summary>
    public IReadOnlyCollection<string> Output => output;

    /// <summary>The image that the last stage stands on, which was there before; null: it stands on nothing.</summary>
    public string? Base => stages.Base;

    /// <inheritdoc/>
    public void Report(JSONMessage value)
    {
        if (value.Error?.Message is { } error)
        {
            Error = error.Trim();
        }
        if (value.Aux?.ExtensionData is { } told && told.TryGetValue("ID", out var id))
        {
            Image = id is JsonElement { ValueKind: JsonValueKind.String } text
                ? text.GetString()
                : Image;
        }
        if (value.Stream is { } piece)
        {
            Add(piece);
        }
        else if (value.Status is { } status)
        {
            progress?.Doing(Pulling(value, status));
        }
    }

    /// <summary>Nothing comes any more.</summary>
    public void End()
    {
        if (line.Length > 0)
        {
            Read(line.ToString());
            line.Clear();
        }
    }

    private void Add(string piece)
    {
        foreach (var letter in piece)
        {
            if (letter is not ('\n' or '\r'))
            {
                line.Append(letter);
            }
            else if (line.Length > 0)
            {
                Read(line.ToString());
                line.Clear();
            }
        }
    }

    private void Read(string text)
    {
        if (StepLine().Match(text) is { Success: true } step)
        {
            Step = int.Parse(step.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            output.Clear();
            stages.Begin(step.Groups[3].Value);
            progress?.Doing($"step {Step}/{step.Groups[2].Value}: {step.Groups[3].Value}");
            return;
        }
        if (ImageLine().Match(text) is { Success: true } image)
        {
            stages.Gave(image.Groups[1].Value);
        }
        if (WarningLine().Match(text) is { Success: true } warning)
        {
            var warned = warning.Groups[1].Value.Trim();
            if (!warnings.Contains(warned, StringComparer.Ordinal))
            {
                warnings.Add(warned);
            }
        }
        if (output.Count == LinesKept)
        {
            output.Dequeue();
        }
        output.Enqueue(text);
    }

    private static string Pulling(JSONMessage message, string status)
    {
        var what = message.ID is { Length: > 0 } id ? $"{id}: {status}" : status;
        return message.Progress is { Current: > 0 and var now, Total: > 0 and var all }
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{what} {now / 1e6:0.0} of {all / 1e6:0.0} MB"
            )
            : what;
    }

    [GeneratedRegex(@"^Step (\d+)/(\d+) : (.*)$")]
    private static partial Regex StepLine();

    [GeneratedRegex(@"^ ---> ([0-9a-f]{12,64})\s*$")]
    private static partial Regex ImageLine();

    // of the builder itself; a program that a step runs has its own ways of warning
    [GeneratedRegex(@"^(?: ---> )?(?:\[Warning\] |(?=DEPRECATED))(.+)$")]
    private static partial Regex WarningLine();
}
