using System.Text;
using System.Text.Json;

namespace TheaIA.Pipeline;

/// <summary>A value in a parameter file.</summary>
/// <param name="Name">As written there.</param>
/// <param name="Words">Its words; none for null, and for a command.</param>
/// <param name="IsList">It is a list.</param>
/// <param name="Place">Where it stands: <c>.nuke/parameters.json, line 2, column 3</c>.</param>
internal sealed record FileValue(
    string Name,
    IReadOnlyList<string> Words,
    bool IsList,
    string Place
)
{
    /// <summary>The program that prints the value, and its arguments. Null: none.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>It is an object. Default: false.</summary>
    public bool IsObject { get; init; }

    /// <summary>An empty value counts as not set.</summary>
    public bool IsEmpty => Command is null && Words.All(string.IsNullOrEmpty);
}

/// <summary>A file of parameters: one JSON object (RFC 8259) of texts, numbers, lists and the like.</summary>
/// <param name="Shown">Its name for a person: <c>.nuke/parameters.json</c>.</param>
/// <param name="Values">By <see cref="ParameterName.Key"/>.</param>
internal sealed record ParameterFile(string Shown, IReadOnlyDictionary<string, FileValue> Values)
{
    private const string CommandForm = """{ "command": ["pass", "show", "token"] }""";

    /// <summary>Reads a file.</summary>
    /// <returns>Null: there is no such file.</returns>
    public static ParameterFile? Read(AbsolutePath file, string shown, List<string> errors)
    {
        // asked first, since an exception costs more than all the rest
        if (!file.Exists())
        {
            return null;
        }

        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file.ToString());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add($"{shown} cannot be read: {e.Message}");
            return new(shown, new Dictionary<string, FileValue>(StringComparer.Ordinal));
        }

        return Parse(bytes, shown, errors);
    }

    /// <summary>Reads a file's bytes: UTF-8, with or without its mark.</summary>
    public static ParameterFile Parse(ReadOnlyMemory<byte> bytes, string shown, List<string> errors)
    {
        var mark = Encoding.UTF8.Preamble;
        var text = bytes.Span.StartsWith(mark) ? bytes[mark.Length..] : bytes;
        // the usual file: the framework's reader would take a quick run longer than its target
        return text.Span.Trim(" \t\r\n"u8).SequenceEqual("{}"u8)
            ? new(shown, new Dictionary<string, FileValue>(StringComparer.Ordinal))
            : new(shown, ReadAll(text, shown, errors));
    }

    private static Dictionary<string, FileValue> ReadAll(
        ReadOnlyMemory<byte> text,
        string shown,
        List<string> errors
    )
    {
        var values = new Dictionary<string, FileValue>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(text.Span);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                errors.Add(
                    $"{Place(reader.TokenStartIndex)}: the file must hold one object: {{ }}."
                );
                return values;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (name, place) = (reader.GetString()!, Place(reader.TokenStartIndex));
                reader.Read();
                var isList = reader.TokenType == JsonTokenType.StartArray;
                var isObject = reader.TokenType == JsonTokenType.StartObject;
                var words = Words(ref reader, place, errors, out var command);
                var value = new FileValue(name, words, isList, place)
                {
                    Command = command,
                    IsObject = isObject,
                };
                if (name != "$schema" && !values.TryAdd(ParameterName.Key(name), value))
                {
                    errors.Add($"{place}: '{name}' stands there a second time.");
                }
            }

            // whatever follows the object is an error that the reader finds
            reader.Read();
        }
        catch (JsonException e)
        {
            // half of a file is nobody's wish
            values.Clear();
            errors.Add(Broken(text.Span, e.LineNumber ?? 0, e.BytePositionInLine ?? 0, shown));
        }
        catch (InvalidOperationException)
        {
            values.Clear();
            errors.Add(
                $"{Place(reader.TokenStartIndex)}: this text is not valid UTF-8, or has half of a character as \\uXXXX."
            );
        }

        return values;

        string Place(long index)
        {
            var before = text.Span[..(int)index];
            var line = before.Count((byte)'\n');
            return At(shown, line, Column(before[(before.LastIndexOf((byte)'\n') + 1)..]));
        }
    }

    private static List<string> Words(
        ref Utf8JsonReader reader,
        string place,
        List<string> errors,
        out List<string>? command
    )
    {
        var words = new List<string>();
        command = null;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                words = Items(ref reader, place, errors);
                break;
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var key = reader.GetString();
                    reader.Read();
                    if (key == "command" && reader.TokenType == JsonTokenType.StartArray)
                    {
                        command = Items(ref reader, place, errors);
                    }
                    else
                    {
                        words.AddRange(Word(ref reader, place, errors).Select(w => $"{key}={w}"));
                    }
                }

                if (command is not null && (words.Count > 0 || command is [] or ["", ..]))
                {
                    errors.Add(
                        $"{place}: a command is a program with its arguments: {CommandForm}."
                    );
                }

                break;
            default:
                words.AddRange(Word(ref reader, place, errors));
                break;
        }

        return words;
    }

    private static List<string> Items(ref Utf8JsonReader reader, string place, List<string> errors)
    {
        var items = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.Null)
            {
                errors.Add($"{place}: a list holds no null.");
            }

            items.AddRange(Word(ref reader, place, errors));
        }

        return items;
    }

    private static string[] Word(ref Utf8JsonReader reader, string place, List<string> errors)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return [reader.GetString()!];
            case JsonTokenType.Number:
                return [Encoding.UTF8.GetString(reader.ValueSpan)];
            case JsonTokenType.True:
                return ["true"];
            case JsonTokenType.False:
                return ["false"];
            case JsonTokenType.Null:
                return [];
            default:
                errors.Add($"{place}: no parameter takes lists or objects within others.");
                reader.Skip();
                return [];
        }
    }

    private static string Broken(ReadOnlySpan<byte> text, long line, long inLine, string shown)
    {
        var start = 0;
        for (var i = 0L; i < line; i++)
        {
            start += text[start..].IndexOf((byte)'\n') + 1;
        }

        var at = Math.Min(start + (int)inLine, text.Length);
        var place = At(shown, (int)line, Column(text[start..at]));
        return Rune.DecodeFromUtf8(text[at..], out var rune, out _) switch
        {
            System.Buffers.OperationStatus.Done when Rune.IsControl(rune) =>
                $"{place}: a control character cannot stand here.",
            System.Buffers.OperationStatus.Done => $"{place}: '{rune}' cannot stand here.",
            System.Buffers.OperationStatus.InvalidData => $"{place}: this text is not valid UTF-8.",
            _ => $"{place}: the file ends too early.",
        };
    }

    private static int Column(ReadOnlySpan<byte> before) => Encoding.UTF8.GetCharCount(before) + 1;

    private static string At(string shown, int line, int column) =>
        $"{shown}, line {line + 1}, column {column}";
}
