namespace TheaIA.Pipeline;

/// <summary>
/// Looks names up in the environment: exactly, then by letters and digits only, then behind
/// <c>NUKE_</c>. An empty variable counts as not set.
/// </summary>
internal sealed class EnvironmentVariables(IReadOnlyDictionary<string, string> environment)
{
    private const string Prefix = "nuke";

    private readonly Dictionary<string, List<string>> _names = ByKey(environment);

    /// <summary>A parameter's variable. Null: none is set.</summary>
    public (string Name, string Value)? Find(ParameterDefinition definition) =>
        environment.GetValueOrDefault(definition.Name) is { Length: > 0 } exact
            ? (definition.Name, exact)
            : Find(definition.Key, definition.Variable);

    /// <summary>The variable with a secret's file. Null: none is set.</summary>
    public (string Name, string Value)? FindFile(ParameterDefinition definition) =>
        Find(definition.Key + "file", definition.Variable + "_FILE");

    /// <summary>An engine option's variable, only behind <c>NUKE_</c>. Null: none is set.</summary>
    public (string Name, string Value)? Find(EngineOption option) =>
        First(Prefix + option.Key, preferred: "");

    private (string Name, string Value)? Find(string key, string preferred) =>
        First(key, preferred) ?? First(Prefix + key, preferred: "");

    private (string Name, string Value)? First(string key, string preferred)
    {
        if (!_names.TryGetValue(key, out var names))
        {
            return null;
        }

        names.Sort(StringComparer.Ordinal);
        var name = names.Contains(preferred) ? preferred : names[0];
        return (name, environment[name]);
    }

    private static Dictionary<string, List<string>> ByKey(
        IReadOnlyDictionary<string, string> environment
    )
    {
        var names = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (name, value) in environment)
        {
            if (value.Length == 0)
            {
                continue;
            }

            var key = ParameterName.Key(name);
            if (!names.TryGetValue(key, out var same))
            {
                names.Add(key, same = []);
            }

            same.Add(name);
        }

        return names;
    }
}
