namespace TheaIA.Pipeline;

/// <summary>The parameter files of a checkout: those of the profiles, then the common one.</summary>
internal sealed class ParameterFiles
{
    private const string Common = ".nuke/parameters.json";

    private readonly AbsolutePath _root;
    private readonly List<ParameterFile> _files = [];

    private ParameterFiles(AbsolutePath root) => _root = root;

    /// <summary>Reads them; what is wrong in them becomes file errors, a profile that is not there an error.</summary>
    public static ParameterFiles Read(
        AbsolutePath root,
        IReadOnlyList<string> profiles,
        ParameterSet parameters,
        List<string> errors,
        List<string> fileErrors
    )
    {
        var files = new ParameterFiles(root);
        for (var i = profiles.Count - 1; i >= 0; i--)
        {
            files.ReadProfile(profiles[i], errors, fileErrors);
        }

        if (ParameterFile.Read(root / Common, Common, fileErrors) is { } common)
        {
            files._files.Add(common);
        }

        foreach (var file in files._files)
        {
            foreach (var value in file.Values.Values)
            {
                Check(value, parameters, fileErrors);
            }
        }

        return files;
    }

    /// <summary>A value by <see cref="ParameterName.Key"/>. Null: it is in no file, or empty.</summary>
    public GivenValue? Find(string key)
    {
        foreach (var file in _files)
        {
            if (file.Values.TryGetValue(key, out var value) && !value.IsEmpty)
            {
                return new(value.Words, file.Shown, _root)
                {
                    IsFromFile = true,
                    IsList = value.IsList,
                    Command = value.Command,
                };
            }
        }

        return null;
    }

    private void ReadProfile(string profile, List<string> errors, List<string> fileErrors)
    {
        var shown = $".nuke/parameters.{profile}.json";
        var isName = profile.AsSpan().IndexOfAny('/', '\\', '\0') < 0;
        if (isName && ParameterFile.Read(_root / shown, shown, fileErrors) is { } file)
        {
            _files.Add(file);
            return;
        }

        var there = (_root / ".nuke")
            .GlobFiles("parameters.*.json")
            .Select(f => f.NameWithoutExtension["parameters.".Length..])
            .ToList();
        var meant = ParameterErrors.DidYouMean(profile, there);
        var all = there.Count > 0 ? $" There are {string.Join(", ", there)}." : "";
        errors.Add(
            $"There is no profile '{profile}': no file {shown}.{(meant.Length > 0 ? meant : all)}"
        );
    }

    private static void Check(FileValue value, ParameterSet parameters, List<string> errors)
    {
        var key = ParameterName.Key(value.Name);
        var own = EngineOption.ByKey.GetValueOrDefault(key);
        if (!parameters.TryGet(key, out var definition) && own is null)
        {
            var known = EngineOption
                .All.Where(o => o.Settled)
                .Select(o => o.Option)
                .Concat(parameters.All.Select(d => d.Name));
            errors.Add(
                $"{value.Place}: there is no parameter '{value.Name}'.{ParameterErrors.DidYouMean(value.Name, known)}   {ParameterErrors.Help}"
            );
        }
        else if (
            !value.IsEmpty && Refusal(own, definition, value.Command is not null) is { } refusal
        )
        {
            errors.Add($"{value.Place}: {value.Name} is {refusal}.");
        }
        else if (
            value is { IsObject: true, Command: null }
            && (
                definition is null
                || CollectionType.Of(definition.Type) is not { IsDictionary: true }
            )
        )
        {
            errors.Add($"{value.Place}: {value.Name} takes no object with names.");
        }
    }

    private static string? Refusal(
        EngineOption? own,
        ParameterDefinition? definition,
        bool isCommand
    ) =>
        own is { Settled: false } || definition is { IsCommandLineOnly: true }
            ? $"taken from the command line only: {own?.Option ?? definition!.Option}"
        : isCommand && definition is not { IsSecret: true }
            ? "no secret, and only a secret's value may come from a command: write the value there"
        : !isCommand && definition is { IsSecret: true }
            ? $"a secret, which no file in the checkout may hold: set {definition.Variable} or {definition.Variable}_FILE, or name a command that prints it"
        : null;
}
