using System.Text;

namespace TheaIA.Pipeline;

/// <summary>Reads secrets from the environment, or from the files that it names.</summary>
internal static class SecretReader
{
    /// <summary>What a value of more bytes is told to be, of which the mask would be too large.</summary>
    public const string TooLong = "more than 64 KiB";

    /// <summary>Nobody reads more characters than these to find that it is.</summary>
    public const int Most = MostBytes + AroundIt;

    private const int MostBytes = 64 * 1024;

    /// <summary>A byte order mark before a file's value, a line end behind it, and one byte too many.</summary>
    private const int AroundIt = 3 + 2 + 1;

    /// <summary>Null: it is not set, or an error says why it cannot be read.</summary>
    public static GivenValue? Read(
        ParameterDefinition definition,
        EnvironmentVariables environment,
        List<string> errors
    ) =>
        environment.Find(definition) is { } found
            ? ReadVariable(definition, found.Name, found.Value, errors)
        : environment.FindFile(definition) is { } file
            ? ReadFile(definition, file.Name, file.Value, errors)
        : null;

    /// <summary>Less one line end, which editors and programs put behind a value.</summary>
    public static string WithoutLineEnd(string text) =>
        text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2]
        : text.EndsWith('\n') ? text[..^1]
        : text;

    /// <summary>Whether a value is <see cref="TooLong"/>: a wrong file, or a program's whole output.</summary>
    public static bool IsTooLong(string text) => Encoding.UTF8.GetByteCount(text) > MostBytes;

    /// <summary>All that must be hidden of a value: as it was given, and what it is split into.</summary>
    public static IEnumerable<string> Texts(ParameterDefinition definition, GivenValue given)
    {
        var items = ValueConverter.Items(definition, given);
        // where names stand before values; elsewhere a = belongs to the value
        var named = CollectionType.Of(definition.Type) is { IsDictionary: true }
            ? items.Select(item => ValueConverter.NameAndValue(item)?.Value ?? "")
            : [];
        return given
            .Words.Concat(items)
            .Concat(named)
            .Where(text => text.Length > 0)
            .Distinct(StringComparer.Ordinal);
    }

    private static GivenValue? ReadVariable(
        ParameterDefinition definition,
        string variable,
        string value,
        List<string> errors
    )
    {
        if (!IsTooLong(value))
        {
            return Given(value, variable);
        }

        errors.Add(
            $"The secret {definition.Name} cannot be read from the environment variable {variable}: it has {TooLong}: set it to the secret alone."
        );
        return null;
    }

    private static GivenValue? ReadFile(
        ParameterDefinition definition,
        string variable,
        string path,
        List<string> errors
    )
    {
        try
        {
            if (ReadText(path) is { } text)
            {
                return text.Length > 0 ? Given(text, variable) : null;
            }

            errors.Add(NotFrom($"it has {TooLong}: name a file with the secret alone."));
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var why = e is FileNotFoundException or DirectoryNotFoundException
                ? "there is no such file."
                : e.Message;
            errors.Add(NotFrom(why));
        }

        return null;

        string NotFrom(string why) =>
            $"The secret {definition.Name} cannot be read from '{path}', which the environment variable {variable} names: {why}";
    }

    /// <summary>The file's text. Null: it is too long, and not read to its end.</summary>
    private static string? ReadText(string path)
    {
        // a pipe has no size before it is read: /dev/fd/63
        var bytes = new byte[MostBytes + AroundIt];
        using var file = File.OpenRead(path);
        var count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        using var reader = new StreamReader(new MemoryStream(bytes, 0, count));
        var text = WithoutLineEnd(reader.ReadToEnd());
        return count == bytes.Length || IsTooLong(text) ? null : text;
    }

    private static GivenValue Given(string value, string variable) =>
        GivenValue.FromVariable(value, variable, GivenValue.WorkingDirectory);
}
