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
    private const string Help = "./build.sh --help lists all.";

    private readonly List<string> _errors = [];
    private readonly List<string> _secrets = [];
    private readonly Dictionary<string, GivenValue> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ownGiven = new(StringComparer.Ordinal);
    private readonly EnvironmentVariables _environment = new(environment);
    private List<ParameterDefinition> _definitions = [];
    private EngineOptions _options = new();

    public ParameterService Read()
    {
        var members = ParameterScan.Of(buildType);
        _definitions = [.. members.DistinctBy(d => d.Key, StringComparer.Ordinal)];
        // first, so that no error shows one
        ReadSecrets();
        ReadCommandLine(CommandLine.Parse(arguments));
        var root = FindRoot();
        var files = ReadFiles(root);
        foreach (var definition in _definitions)
        {
            Convert(definition, root, files);
        }

        foreach (var option in EngineOption.All)
        {
            Settle(option, root, files);
        }

        if (_options.Help == PlanFormat.None)
        {
            ThrowIfAny(_errors, _secrets);
        }

        return new(members, _options, root, _secrets, _given, _values);
    }

    /// <summary>Throws all errors at once, without a secret.</summary>
    public static void ThrowIfAny(List<string> errors, IReadOnlyCollection<string> secrets)
    {
        if (errors.Count == 0)
        {
            return;
        }

        var mask = new SecretMask();
        foreach (var secret in secrets)
        {
            mask.Add(secret);
        }

        throw errors is [var one]
            ? new OutcomeException(Outcome.Wrong, mask.Mask(one))
            : new OutcomeException(
                Outcome.Wrong,
                $"{errors.Count} options or parameters are wrong:"
            )
            {
                Details = errors.ConvertAll(mask.Mask),
            };
    }

    private void ReadSecrets()
    {
        foreach (var definition in _definitions.Where(d => d.IsSecret && !d.IsCommandLineOnly))
        {
            if (_environment.Find(definition) is { } found)
            {
                AddSecret(definition, found.Value, found.Name);
            }
            else if (_environment.FindFile(definition) is { } file)
            {
                ReadSecretFile(definition, file.Name, file.Value);
            }
        }
    }

    private void ReadSecretFile(ParameterDefinition definition, string variable, string path)
    {
        try
        {
            var text = File.ReadAllText(path);
            var end =
                text.EndsWith("\r\n", StringComparison.Ordinal) ? 2
                : text.EndsWith('\n') ? 1
                : 0;
            AddSecret(definition, text[..^end], variable);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            _errors.Add(
                $"The secret {definition.Name} cannot be read from '{path}', which the environment variable {variable} names: {(e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file." : e.Message)}"
            );
        }
    }

    private void AddSecret(ParameterDefinition definition, string value, string variable)
    {
        if (value.Length > 0)
        {
            _secrets.Add(value);
            _given[definition.Key] = FromVariable(value, variable, WorkingDirectory);
        }
    }

    private void ReadCommandLine(CommandLine line)
    {
        _options = _options with { Targets = line.Targets };
        foreach (var same in line.Options.GroupBy(o => o.Key, StringComparer.Ordinal))
        {
            var words = same.SelectMany(o => o.Values).ToList();
            var given = new GivenValue(words, GivenValue.CommandLine, WorkingDirectory);
            if (EngineOption.All.FirstOrDefault(o => o.Key == same.Key) is { } own)
            {
                if (
                    !IsRepeated(
                        own.Option,
                        own.Words is OptionWords.Some or OptionWords.Any,
                        same.Count()
                    )
                )
                {
                    _options = EngineOptionReader.Apply(_options, own, given, _errors);
                    _ownGiven.Add(own.Key);
                }
            }
            else if (_definitions.Find(d => d.Key == same.Key) is { } definition)
            {
                TakeFromCommandLine(definition, given, same.Count());
            }
            else
            {
                _errors.Add(Unknown(same.First().Typed));
            }
        }
    }

    private void TakeFromCommandLine(ParameterDefinition definition, GivenValue given, int times)
    {
        if (definition.IsSecret)
        {
            // what was typed must not be shown by another error either
            _secrets.AddRange(given.Words.Where(w => w.Length > 0));
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
            .Concat(_definitions.Select(d => d.Option));
        var meant = Suggestion.For(typed, known) is { } near ? $" Did you mean {near}?" : "";
        return $"There is no option '{typed}'.{meant}   {Help}";
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
            ThrowIfAny(_errors, _secrets);
            throw;
        }
    }

    private List<ParameterFile> ReadFiles(AbsolutePath root)
    {
        var files = new List<ParameterFile>();
        foreach (var profile in _options.Profiles.Reverse())
        {
            var shown = $".nuke/parameters.{profile}.json";
            var isName = profile.AsSpan().IndexOfAny('/', '\\', '\0') < 0;
            if (isName && ParameterFile.Read(root / shown, shown, _errors) is { } file)
            {
                files.Add(file);
            }
            else
            {
                _errors.Add(NoProfile(root, profile));
            }
        }

        const string Common = ".nuke/parameters.json";
        if (ParameterFile.Read(root / Common, Common, _errors) is { } common)
        {
            files.Add(common);
        }

        foreach (var file in files)
        {
            _errors.AddRange(file.Values.Values.Select(Refusal).OfType<string>());
        }

        return files;
    }

    private static string NoProfile(AbsolutePath root, string profile)
    {
        var there = (root / ".nuke")
            .GlobFiles("parameters.*.json")
            .Select(f => f.NameWithoutExtension["parameters.".Length..])
            .ToList();
        var meant =
            Suggestion.For(profile, there) is { } near ? $" Did you mean {near}?"
            : there.Count > 0 ? $" There are {string.Join(", ", there)}."
            : "";
        return $"There is no profile '{profile}': no file .nuke/parameters.{profile}.json.{meant}";
    }

    private string? Refusal(FileValue value)
    {
        var key = ParameterName.Key(value.Name);
        var own = EngineOption.All.FirstOrDefault(o => o.Key == key);
        var definition = _definitions.Find(d => d.Key == key);
        if (own is null && definition is null)
        {
            var known = EngineOption
                .All.Where(o => o.Settled)
                .Select(o => o.Option)
                .Concat(_definitions.Select(d => d.Name));
            var meant = Suggestion.For(value.Name, known) is { } near
                ? $" Did you mean {near}?"
                : "";
            return $"{value.Place}: there is no parameter '{value.Name}'.{meant}   {Help}";
        }

        if (value.Words.All(string.IsNullOrEmpty))
        {
            return null;
        }

        return own is { Settled: false } || definition is { IsCommandLineOnly: true }
                ? $"{value.Place}: {value.Name} is taken from the command line only: {own?.Option ?? definition!.Option}."
            : definition is { IsSecret: true }
                ? $"{value.Place}: {value.Name} is a secret, which no file in the checkout may hold: set {definition.Variable} or {definition.Variable}_FILE."
            : null;
    }

    private void Convert(
        ParameterDefinition definition,
        AbsolutePath root,
        List<ParameterFile> files
    )
    {
        if (!_given.TryGetValue(definition.Key, out var given))
        {
            given =
                definition.IsCommandLineOnly || definition.IsSecret ? null
                : _environment.Find(definition) is { } found
                    ? FromVariable(found.Value, found.Name, root)
                : FromFile(definition.Key, root, files);
        }

        if (given is not null && ValueConverter.Convert(definition, given, _errors) is { } value)
        {
            _given[definition.Key] = given;
            _values[definition.Key] = value;
        }
    }

    private void Settle(EngineOption option, AbsolutePath root, List<ParameterFile> files)
    {
        if (!option.Settled || _ownGiven.Contains(option.Key))
        {
            return;
        }

        var given = _environment.Find(option) is { } found
            ? FromVariable(found.Value, found.Name, root)
            : FromFile(option.Key, root, files);
        if (given is not null)
        {
            _options = EngineOptionReader.Apply(_options, option, given, _errors);
        }
    }

    private static GivenValue? FromFile(string key, AbsolutePath root, List<ParameterFile> files) =>
        files
            .Where(f => f.Values.TryGetValue(key, out var v) && !v.Words.All(string.IsNullOrEmpty))
            .Select(f => new GivenValue(f.Values[key].Words, f.Shown, root)
            {
                IsList = f.Values[key].IsList,
            })
            .FirstOrDefault();

    private static GivenValue FromVariable(string value, string name, AbsolutePath directory) =>
        new([value], $"the environment variable {name}", directory);

    private static AbsolutePath WorkingDirectory => AbsolutePath.Create(Path.GetFullPath("."));
}
