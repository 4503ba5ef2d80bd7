using System.Globalization;

namespace TheaIA.Pipeline;

/// <summary>Reads the engine's own options.</summary>
internal static class EngineOptionReader
{
    /// <summary>Puts an option into the options, or a sentence into the errors.</summary>
    public static EngineOptions Apply(
        EngineOptions options,
        EngineOption option,
        GivenValue given,
        List<string> errors
    )
    {
        // of --plan '' the option itself is given, only its format is not
        var words = given.Words.Where(w => w.Length > 0).ToArray();
        if (given.IsEmpty && option.Words != OptionWords.Optional)
        {
            return options;
        }

        if (words.Length == 0 && option.Words is OptionWords.One or OptionWords.Some)
        {
            errors.Add($"{option.Option} needs a value: {option.Values}.");
            return options;
        }

        if (
            words.Length > 1
            && option.Words is OptionWords.One or OptionWords.Optional or OptionWords.Switch
        )
        {
            errors.Add(ValueConverter.OneTooMany(option.Option, given with { Words = words }));
            return options;
        }

        return Set(options, option, words, given.From, errors);
    }

    private static EngineOptions Set(
        EngineOptions options,
        EngineOption option,
        string[] words,
        string from,
        List<string> errors
    )
    {
        var first = words.FirstOrDefault() ?? "";
        switch (option.Key)
        {
            case "target":
                return options with { Targets = [.. options.Targets, .. Names()] };
            case "skip":
                return options with { Skip = [.. options.Skip ?? [], .. Names()] };
            case "rerun":
                return options with { Rerun = [.. options.Rerun ?? [], .. Names()] };
            case "cache":
                return options with { Cache = first };
            case "cachesize":
                return options with
                {
                    CacheSize = ByteSize.Parse(first) ?? Wrong(ByteSize.Allowed, 0L),
                };
            case "profile":
                return options with { Profiles = [.. options.Profiles, .. Names()] };
            case "root":
                return options with { Root = first };
            case "host":
                return options with { Host = first };
            case "plan":
                return options with { Plan = Format() };
            case "help":
                return options with { Help = Format() };
            case "list":
                return options with { List = Switch() };
            case "nologo":
                return options with { NoLogo = Switch() };
            case "sequential":
                return options with { Sequential = Switch() };
            case "continue":
                return options with { Continue = Switch() };
            case "override":
                return options with { Override = [.. options.Override, .. Names()] };
            case "reason":
                return options with { Reason = first };
            case "failfast":
                return options with { FailFast = Switch() };
            case "show":
                return options with { Show = Run() };
            case "verbosity":
                return options with { Verbosity = Level() };
            case "maxparallel":
                return options with { MaxParallel = Number(first) ?? Wrong(NumberAllowed, 1) };
            default:
                return options with { Partition = Part(first) ?? Wrong("a part like 1/2", (1, 1)) };
        }

        string[] Names() => [.. words.SelectMany(CommandLine.Split)];

        Verbosity Level() =>
            Enum.GetValues<Verbosity>()
                .Cast<Verbosity?>()
                .FirstOrDefault(v => ParameterName.AreSame(v.ToString()!, first))
            ?? Wrong("one of Quiet, Minimal, Normal, Verbose", Verbosity.Normal);

        ShownRun Run()
        {
            var isJson = ParameterName.AreSame(words[^1], "json");
            var ids = isJson ? words[..^1] : words;
            return ids.Length <= 1
                ? new ShownRun(ids.FirstOrDefault(), isJson)
                : Wrong("one run's id, with or without json", new ShownRun(null, isJson));
        }

        bool Switch() =>
            first.Length == 0
            || (
                bool.TryParse(first, out var value)
                    ? value
                    : Wrong("true or false (targets come before the first option)", true)
            );

        PlanFormat Format() =>
            ParameterName.Key(first) switch
            {
                "" or "text" => PlanFormat.Text,
                "json" => PlanFormat.Json,
                _ => Wrong("text or json (targets come before the first option)", PlanFormat.Text),
            };

        T Wrong<T>(string allowed, T otherwise)
        {
            var given = string.Join(' ', words);
            errors.Add(ValueConverter.IsNot(option.Option, given, allowed, from));
            return otherwise;
        }
    }

    private const string NumberAllowed = "a whole number from 1 to 2147483647";

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number > 0
            ? number
            : null;

    private static (int Part, int Total)? Part(string text) =>
        text.Split('/') is [var part, var total]
        && (Number(part), Number(total)) is ({ } p, { } t)
        && p <= t
            ? (p, t)
            : null;
}
