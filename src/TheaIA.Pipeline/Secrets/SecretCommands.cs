using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>
/// The secrets whose values programs print (sops, age, pass). Each program runs at most once, when its
/// secret is first asked for; its output is kept in memory only.
/// </summary>
internal sealed class SecretCommands
{
    private readonly Dictionary<string, Lazy<object?>> _values = new(StringComparer.Ordinal);
    private SecretKeeper? _keeper;
    private AbsolutePath? _root;

    /// <summary>There is at least one.</summary>
    public bool Any => _values.Count > 0;

    /// <summary>Adds a secret, whose value has a command.</summary>
    public void Add(ParameterDefinition definition, GivenValue given) =>
        _values[definition.Key] = new(() => Read(definition, given));

    /// <summary>From now on programs may run.</summary>
    /// <param name="keeper">Hides what they print.</param>
    /// <param name="root">The folder that they run in.</param>
    public void Open(SecretKeeper keeper, AbsolutePath root) =>
        (_keeper, _root) = (keeper.MayRun ? keeper : null, root);

    /// <summary>Whether the parameter of this key has a command.</summary>
    public bool Has(string key) => _values.ContainsKey(key);

    /// <summary>The value of the parameter of this key. Null: it has no command, or none may run.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: the command gave no value.</exception>
    public object? Get(string key) =>
        _keeper is not null && _values.TryGetValue(key, out var value) ? value.Value : null;

    private object? Read(ParameterDefinition definition, GivenValue given)
    {
        var command = CommandOf(given.Command!);
        var result = Run(command, definition, given);
        var text = SecretReader.WithoutLineEnd(result.Output);
        if (SecretReader.IsTooLong(text))
        {
            // whatever else went wrong: what it wrote could not be masked
            throw Wrong.CommandLine(
                $"The secret {definition.Name} cannot be read: `{command}`, from {given.From}, printed {SecretReader.TooLong}: let it print the secret alone."
            );
        }

        var printed = new GivenValue([text], $"`{command}` in {given.From}", _root!);
        foreach (var secret in SecretReader.Texts(definition, printed))
        {
            _keeper!.Hide(secret);
        }

        var instead =
            $"run it by hand, or set {definition.Variable} or {definition.Variable}_FILE.";
        if (result.ExitCode != 0)
        {
            var said = LastLine(result.Error) is { Length: > 0 } line ? $" ({line})" : "";
            throw Wrong.CommandLine(
                _keeper!.Mask(
                    $"The secret {definition.Name} cannot be read: `{command}`, from {given.From}, ended with exit code {result.ExitCode}{said}: {instead}"
                )
            );
        }

        if (text.Length == 0)
        {
            throw Wrong.CommandLine(
                $"The secret {definition.Name} cannot be read: `{command}`, from {given.From}, printed nothing: {instead}"
            );
        }

        var errors = new List<string>();
        var value = ValueConverter.Convert(definition, printed, errors);
        ParameterErrors.ThrowIfAny(errors, []);
        return value;
    }

    /// <summary>A path starts at the root, as the program itself does.</summary>
    private Command CommandOf(IReadOnlyList<string> words)
    {
        var isPath = words[0].AsSpan().ContainsAny('/', '\\');
        var program = isPath ? Path.Combine(_root!.ToString(), words[0]) : words[0];
        return new(program, [.. words.Skip(1)]);
    }

    private CommandResult Run(Command command, ParameterDefinition definition, GivenValue given)
    {
        try
        {
            // not by the run's own runner, which logs what programs write, and masks what is asked for
            var runner = new EngineRunner(new SecretMask(), _root!, most: SecretReader.Most);
            // a property cannot wait without blocking; elsewhere, lest what is waited for needs this thread
            return Task.Run(() => runner.RunAsync(command, line: null, _keeper!.Cancel))
                .GetAwaiter()
                .GetResult();
        }
        catch (OutcomeException e)
        {
            throw Wrong.CommandLine(
                $"The secret {definition.Name} cannot be read as {given.From} says: {char.ToLowerInvariant(e.Message[0])}{e.Message[1..]}"
            );
        }
    }

    private static string LastLine(string text) => text.TrimEnd().Split('\n')[^1].Trim();
}
