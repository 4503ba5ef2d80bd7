namespace TheaIA.Pipeline;

/// <summary>Reads secrets from the environment, or from the files that it names.</summary>
internal static class SecretReader
{
    /// <summary>Null: it is not set, or an error says why it cannot be read.</summary>
    public static GivenValue? Read(
        ParameterDefinition definition,
        EnvironmentVariables environment,
        List<string> errors
    ) =>
        environment.Find(definition) is { } found ? Given(found.Value, found.Name)
        : environment.FindFile(definition) is { } file
            ? ReadFile(definition, file.Name, file.Value, errors)
        : null;

    /// <summary>Less one line end, which editors and programs put behind a value.</summary>
    public static string WithoutLineEnd(string text) =>
        text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2]
        : text.EndsWith('\n') ? text[..^1]
        : text;

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

    private static GivenValue? ReadFile(
        ParameterDefinition definition,
        string variable,
        string path,
        List<string> errors
    )
    {
        try
        {
            var text = WithoutLineEnd(File.ReadAllText(path));
            return text.Length > 0 ? Given(text, variable) : null;
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var why = e is FileNotFoundException or DirectoryNotFoundException
                ? "there is no such file."
                : e.Message;
            errors.Add(
                $"The secret {definition.Name} cannot be read from '{path}', which the environment variable {variable} names: {why}"
            );
            return null;
        }
    }

    private static GivenValue Given(string value, string variable) =>
        GivenValue.FromVariable(value, variable, GivenValue.WorkingDirectory);
}
