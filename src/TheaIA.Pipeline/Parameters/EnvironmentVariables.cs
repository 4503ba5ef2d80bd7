namespace TheaIA.Pipeline;

/// <summary>
/// Looks names up in the environment: exactly, then by letters and digits only, then behind
/// <c>NUKE_</c>. An empty variable counts as not set.
/// </summary>
internal sealed class EnvironmentVariables(IReadOnlyDictionary<string, string> environment)
{
    private const string Prefix = "nuke";

    private readonly ILookup<string, string> _names = environment
        .Where(v => v.Value.Length > 0)
        .Select(v => v.Key)
        .ToLookup(ParameterName.Key, StringComparer.Ordinal);

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

    private (string Name, string Value)? First(string key, string preferred) =>
        _names[key]
            .OrderBy(name => name != preferred)
            .ThenBy(name => name, StringComparer.Ordinal)
            .Select(name => ((string, string)?)(name, environment[name]))
            .FirstOrDefault();
}
