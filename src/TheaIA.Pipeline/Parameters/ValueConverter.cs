using System.Collections;
using System.Globalization;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>Turns what a person gave into what a member takes, or into one sentence that says why not.</summary>
internal static class ValueConverter
{
    private const int LongestShown = 60;

    /// <summary>Converts a parameter's value.</summary>
    /// <returns>The value, or null and an error in the list.</returns>
    public static object? Convert(
        ParameterDefinition definition,
        GivenValue given,
        List<string> errors
    )
    {
        var collection = CollectionType.Of(definition.Type);
        var type = collection?.Item ?? definition.Type;
        if (ValueKind.For(type) is not { } kind)
        {
            errors.Add(
                $"The parameter {definition.Name} has the type {type.Name}, which no text converts to: give it a static Parse(string) or a TypeConverter."
            );
            return null;
        }

        if (given.Words.Count == 0 && definition.IsSwitch)
        {
            return true;
        }

        if (given.Words.Count == 0)
        {
            errors.Add($"{definition.Option} needs a value: {kind.Allowed}.");
            return null;
        }

        if (collection is not null)
        {
            return ConvertAll(definition, given, collection, kind, errors);
        }

        if (given.Words.Count > 1)
        {
            errors.Add(OneTooMany(definition.Option, given));
            return null;
        }

        return One(definition, given, kind, given.Words[0], errors);
    }

    /// <summary>The words that the parameter's values are made of: those of a list are split.</summary>
    public static IReadOnlyList<string> Items(ParameterDefinition definition, GivenValue given) =>
        given.IsList || !definition.IsList || definition.Separator.Length == 0
            ? given.Words
            :
            [
                .. given.Words.SelectMany(word =>
                    word.Split(
                        definition.Separator,
                        StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
                    )
                ),
            ];

    /// <summary>The two sides of <c>KEY=VALUE</c>. Null: the word has no name.</summary>
    public static (string Name, string Value)? NameAndValue(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? (word[..equals], word[(equals + 1)..]) : null;
    }

    /// <summary>Converts an environment variable that is no parameter.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: it does not convert.</exception>
    public static object ConvertVariable(Type type, string name, string text)
    {
        var kind =
            ValueKind.For(type)
            ?? throw new OutcomeException(
                Outcome.Wrong,
                $"No text converts to the type {type.Name}: give it a static Parse(string) or a TypeConverter."
            );
        return kind.Parse(text, AbsolutePath.Create(Path.GetFullPath(".")))
            ?? throw new OutcomeException(
                Outcome.Wrong,
                IsNot(name, text, kind.Allowed, $"the environment variable {name}")
            );
    }

    /// <summary><c>--timeout 'soon' is not a duration (30s, 5m, 00:01:30). From the command line.</c></summary>
    public static string IsNot(string name, string value, string allowed, string from) =>
        $"{name} '{Shown(value)}' is not {allowed}. From {from}.";

    /// <summary>The sentence for a word too many behind an option, or in a file.</summary>
    public static string OneTooMany(string option, GivenValue given) =>
        given.From == GivenValue.CommandLine
            ? $"'{Shown(given.Words[1])}' does not belong to {option}, which takes one value: targets come before the first option."
            : $"{option} takes one value, not {given.Words.Count}. From {given.From}.";

    private static object? ConvertAll(
        ParameterDefinition definition,
        GivenValue given,
        CollectionType collection,
        ValueKind kind,
        List<string> errors
    )
    {
        var before = errors.Count;
        var words = Items(definition, given);
        if (collection.IsDictionary)
        {
            var named = Named(definition, given, collection, kind, words, errors);
            return errors.Count > before ? null : named;
        }

        var items = Array.CreateInstance(collection.Item, words.Count);
        for (var i = 0; i < words.Count; i++)
        {
            items.SetValue(One(definition, given, kind, words[i], errors), i);
        }

        return errors.Count > before ? null
            : collection.Collection.IsArray ? items
            : Activator.CreateInstance(collection.Collection, items);
    }

    private static IDictionary Named(
        ParameterDefinition definition,
        GivenValue given,
        CollectionType collection,
        ValueKind kind,
        IReadOnlyList<string> words,
        List<string> errors
    )
    {
        var named = (IDictionary)Activator.CreateInstance(collection.Collection)!;
        foreach (var word in words)
        {
            if (NameAndValue(word) is not (var name, var text))
            {
                errors.Add(Wrong(definition, word, "KEY=VALUE", given.From));
            }
            else if (One(definition, given, kind, text, errors) is { } value)
            {
                named[name] = value;
            }
        }

        return named;
    }

    private static object? One(
        ParameterDefinition definition,
        GivenValue given,
        ValueKind kind,
        string word,
        List<string> errors
    )
    {
        var value = kind.Parse(word, given.Directory);
        if (value is null || !IsWithin(definition.Range, value))
        {
            value = null;
            var allowed =
                definition.IsSwitch && given.From == GivenValue.CommandLine
                    ? kind.Allowed + " (targets come before the first option)"
                : definition.Range is { } range
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"a whole number from {range.Least} to {range.Most}"
                    )
                : kind.Allowed;
            errors.Add(Wrong(definition, word, allowed, given.From));
        }

        return value;
    }

    private static bool IsWithin(RangeAttribute? range, object value) =>
        range is null
        || (
            value is IConvertible number
            && number.ToDecimal(CultureInfo.InvariantCulture) is var whole
            && whole >= range.Least
            && whole <= range.Most
        );

    private static string Wrong(
        ParameterDefinition definition,
        string word,
        string allowed,
        string from
    ) =>
        definition.IsSecret
            ? $"The secret {definition.Name} is not {allowed}. From {from}."
            : IsNot(definition.Option, word, allowed, from);

    /// <summary>On one line, and not too long.</summary>
    private static string Shown(string value)
    {
        var line = string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= LongestShown ? line : line[..LongestShown] + "...";
    }
}
