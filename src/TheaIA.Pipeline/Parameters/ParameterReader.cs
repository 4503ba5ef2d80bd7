using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>Reads all sources of parameters once.</summary>
internal sealed class ParameterReader(
    Type buildType,
    IReadOnlyList<string> arguments,
    IReadOnlyDictionary<string, string> environment,
    Func<EngineOptions, AbsolutePath> findRoot
)
{
    private readonly List<string> _errors = [];
    private readonly List<string> _fileErrors = [];
    private readonly List<string> _secrets = [];
    private readonly Dictionary<string, GivenValue> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);
    private readonly SecretCommands _commands = new();
    private readonly HashSet<string> _ownGiven = new(StringComparer.Ordinal);
    private readonly EnvironmentVariables _environment = new(environment);
    private readonly ParameterSet _parameters = ParameterScan.Of(buildType);
    private EngineOptions _options = new();

    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: all that is wrong.</exception>
    public ParameterService Read()
    {
        var definitions = _parameters.All;
        // first, so that no error shows one
        foreach (var definition in definitions)
        {
            ReadSecret(definition);
        }

        ReadCommandLine(CommandLine.Parse(arguments));
        var root = FindRoot();
        var files = ParameterFiles.Read(root, _options.Profiles, _parameters, _errors, _fileErrors);
        foreach (var definition in definitions)
        {
            Convert(definition, root, files);
        }

        foreach (var option in EngineOption.All)
        {
            Settle(option, root, files);
        }

        if (_options.Help == PlanFormat.None && _errors.Count > 0)
        {
            throw ParameterErrors.Of([.. _errors, .. _fileErrors], _secrets);
        }

        return new(_parameters, _options, root, _secrets, _given, _values, _commands)
        {
            FileErrors = _fileErrors,
        };
    }

    private void ReadSecret(ParameterDefinition definition)
    {
        if (
            definition is { IsSecret: true, IsCommandLineOnly: false }
            && SecretReader.Read(definition, _environment, _errors) is { } given
        )
        {
            _given[definition.Key] = given;
            _secrets.AddRange(SecretReader.Texts(definition, given));
        }
    }

    private void ReadCommandLine(CommandLine line)
    {
        _options = _options with { Targets = line.Targets };
        if (line.Options.Count == 0)
        {
            return;
        }

        foreach (var same in line.Options.GroupBy(o => o.Key, StringComparer.Ordinal))
        {
            var words = same.SelectMany(o => o.Values).ToList();
            var given = new GivenValue(words, GivenValue.CommandLine, GivenValue.WorkingDirectory);
            var isOwn = EngineOption.ByKey.TryGetValue(same.Key, out var own);
            if (isOwn)
            {
                TakeOwn(own!, given, same.Count());
            }

            if (_parameters.TryGet(same.Key, out var definition) && (!isOwn || own!.IsShared))
            {
                Take(definition, given, same.Count());
            }
            else if (!isOwn)
            {
                _errors.Add(Unknown(same.First().Typed));
            }
        }
    }

    private void TakeOwn(EngineOption option, GivenValue given, int times)
    {
        if (!IsRepeated(option.Option, option.Words is OptionWords.Some or OptionWords.Any, times))
        {
            _options = EngineOptionReader.Apply(_options, option, given, _errors);
            _ownGiven.Add(option.Key);
        }
    }

    private void Take(ParameterDefinition definition, GivenValue given, int times)
    {
        if (definition.IsSecret)
        {
            // what was typed must not be shown by another error either
            _secrets.AddRange(SecretReader.Texts(definition, given));
            _errors.Add(
                $"{definition.Option} is a secret, which the command line shows to everybody: set {definition.Variable} or {definition.Variable}_FILE."
            );
        }
        else if (!given.IsEmpty && !IsRepeated(definition.Option, definition.IsList, times))
        {
            _given[definition.Key] = given;
        }
    }

    private bool IsRepeated(string option, bool mayBe, int times)
    {
        if (mayBe || times == 1)
        {
            return false;
        }

        _errors.Add($"{option} is given {times} times, but takes one value.");
        return true;
    }

    private string Unknown(string typed)
    {
        var known = EngineOption
            .All.Select(o => o.Option)
            .Concat(_parameters.All.Select(d => d.Option));
        return $"There is no option '{typed}'.{ParameterErrors.DidYouMean(typed, known)}   {ParameterErrors.Help}";
    }

    private AbsolutePath FindRoot()
    {
        try
        {
            return findRoot(_options);
        }
        catch (OutcomeException) when (_errors.Count > 0)
        {
            // what the command line got wrong comes first
            throw ParameterErrors.Of(_errors, _secrets);
        }
    }

    private void Convert(ParameterDefinition definition, AbsolutePath root, ParameterFiles files)
    {
        if (!_given.TryGetValue(definition.Key, out var given))
        {
            given =
                definition.IsCommandLineOnly ? null
                : definition.IsSecret ? files.Find(definition.Key)
                : _environment.Find(definition) is { } found
                    ? GivenValue.FromVariable(found.Value, found.Name, root)
                : files.Find(definition.Key);
        }

        if (given is { Command: not null })
        {
            _commands.Add(definition, given);
        }
        else if (
            given is not null
            && ValueConverter.Convert(definition, given, ErrorsOf(given)) is { } value
        )
        {
            _given[definition.Key] = given;
            _values[definition.Key] = value;
        }
    }

    private void Settle(EngineOption option, AbsolutePath root, ParameterFiles files)
    {
        if (!option.Settled || _ownGiven.Contains(option.Key))
        {
            return;
        }

        var given = _environment.Find(option) is { } found
            ? GivenValue.FromVariable(found.Value, found.Name, root)
            : files.Find(option.Key);
        if (given is { Command: null })
        {
            _options = EngineOptionReader.Apply(_options, option, given, ErrorsOf(given));
        }
    }

    private List<string> ErrorsOf(GivenValue given) => given.IsFromFile ? _fileErrors : _errors;
}
