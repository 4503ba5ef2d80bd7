using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>What texts stand for one value of a type.</summary>
/// <param name="Allowed">What is allowed, behind "is not": <c>a duration (30s, 5m, 00:01:30)</c>.</param>
/// <param name="Parse">From a text, and the folder that relative paths start in; null: it does not convert.</param>
internal sealed record ValueKind(string Allowed, Func<string, AbsolutePath, object?> Parse)
{
    private const string Switch = "true or false";

    /// <summary>Null: no text converts to this type.</summary>
    public static ValueKind? For(Type type) =>
        Nullable.GetUnderlyingType(type) is { } underlying ? For(underlying)
        : type == typeof(string) ? new("text", (text, _) => text)
        : type == typeof(Secret) ? new("text", (text, _) => new Secret(text))
        : type == typeof(bool) ? new(Switch, (text, _) => bool.TryParse(text, out var b) ? b : null)
        : type.IsEnum ? OneOf(type, text => EnumValue(type, text))
        : type.IsSubclassOf(typeof(Enumeration)) ? OneOf(type, text => Enumeration.Find(type, text))
        : type == typeof(TimeSpan)
            ? new("a duration (30s, 5m, 00:01:30)", (text, _) => Duration.Parse(text))
        : type == typeof(AbsolutePath) ? new("a path", PathValue)
        : type == typeof(Uri)
            ? new("an address (https://example.com/x)", (text, _) => UriValue(text))
        : type == typeof(DateTime)
            ? new(
                "a date (2026-11-24, 2026-11-24T14:02:00)",
                (text, _) =>
                    IsIsoDate(text)
                    && DateTime.TryParse(
                        text,
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.RoundtripKind,
                        out var d
                    )
                        ? d
                        : null
            )
        : type == typeof(DateTimeOffset)
            ? new(
                "a date (2026-11-24, 2026-11-24T14:02:00+01:00)",
                (text, _) =>
                    IsIsoDate(text)
                    && DateTimeOffset.TryParse(
                        text,
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.AssumeLocal,
                        out var d
                    )
                        ? d
                        : null
            )
        : type == typeof(DateOnly)
            ? new(
                "a date (2026-11-24)",
                (text, _) =>
                    DateOnly.TryParseExact(
                        text,
                        "yyyy-MM-dd",
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.None,
                        out var d
                    )
                        ? d
                        : null
            )
        : type == typeof(Guid)
            ? new(
                "a GUID (8 hexadecimal digits, then -4-4-4-12)",
                (text, _) => Guid.TryParse(text, CultureInfo.InvariantCulture, out var g) ? g : null
            )
        : Number(type) ?? Converted(type) ?? Parsed(type);

    /// <summary>The texts that a type allows; empty when they cannot be listed.</summary>
    public static IReadOnlyList<string> Values(Type type) =>
        Nullable.GetUnderlyingType(type) is { } underlying ? Values(underlying)
        : type.IsEnum ? Enum.GetNames(type)
        : type.IsSubclassOf(typeof(Enumeration)) ? [.. Enumeration.All(type).Select(e => e.Value)]
        : [];

    private static ValueKind OneOf(Type type, Func<string, object?> find) =>
        new($"one of {string.Join(", ", Values(type))}", (text, _) => find(text));

    private static object? EnumValue(Type type, string text) =>
        Array.Find(Enum.GetNames(type), name => ParameterName.AreSame(name, text)) is { } found
            ? Enum.Parse(type, found)
        : type.IsDefined(typeof(FlagsAttribute)) && text.Contains(',', StringComparison.Ordinal)
            ? Combined(type, text)
        : null;

    // A,B as NUKE takes it
    private static object? Combined(Type type, string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries)
            .Select(part => EnumValue(type, part))
            .ToList();
        return parts.Contains(null)
            ? null
            : Enum.ToObject(
                type,
                parts.Aggregate(
                    0L,
                    (all, part) => all | Convert.ToInt64(part, CultureInfo.InvariantCulture)
                )
            );
    }

    /// <summary>Year first: 03.02.2026 is another day in another country.</summary>
    private static bool IsIsoDate(string text) =>
        text.Length >= 10 && text[4] == '-' && text[7] == '-' && text[..4].All(char.IsAsciiDigit);

    private static AbsolutePath? PathValue(string text, AbsolutePath directory) =>
        text.Contains('\0', StringComparison.Ordinal)
            ? null
            : AbsolutePath.Create(Path.Combine(directory.ToString(), text));

    // on Linux /x is taken for file:///x, which nobody means who is asked for an address
    private static Uri? UriValue(string text) =>
        !text.StartsWith('/') && Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri : null;

    private static ValueKind? Number(Type type) =>
        Type.GetTypeCode(type) switch
        {
            TypeCode.SByte => Whole<sbyte>(),
            TypeCode.Byte => Whole<byte>(),
            TypeCode.Int16 => Whole<short>(),
            TypeCode.UInt16 => Whole<ushort>(),
            TypeCode.Int32 => Whole<int>(),
            TypeCode.UInt32 => Whole<uint>(),
            TypeCode.Int64 => Whole<long>(),
            TypeCode.UInt64 => Whole<ulong>(),
            TypeCode.Single => Real<float>(),
            TypeCode.Double => Real<double>(),
            TypeCode.Decimal => Real<decimal>(),
            _ => null,
        };

    private static ValueKind Whole<T>()
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        new(
            $"a whole number from {T.MinValue} to {T.MaxValue}",
            (text, _) =>
                T.TryParse(
                    text,
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var number
                )
                    ? number
                    : null
        );

    private static ValueKind Real<T>()
        where T : struct, INumber<T> =>
        new(
            "a number (42, 0.5)",
            (text, _) =>
                T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && T.IsFinite(number)
                    ? number
                    : null
        );

    private static ValueKind? Converted(Type type)
    {
        if (!type.IsDefined(typeof(TypeConverterAttribute), inherit: true))
        {
            return null;
        }

        var converter = TypeDescriptor.GetConverter(type);
        return converter.CanConvertFrom(typeof(string))
            ? new(Valid(type), (text, _) => Try(() => converter.ConvertFromInvariantString(text)))
            : null;
    }

    private static ValueKind? Parsed(Type type)
    {
        const BindingFlags Public = BindingFlags.Static | BindingFlags.Public;
        if (
            type.GetMethod("Parse", Public, [typeof(string), typeof(IFormatProvider)])
                is { } cultured
            && type.IsAssignableFrom(cultured.ReturnType)
        )
        {
            object[] Arguments(string text) => [text, CultureInfo.InvariantCulture];
            return new(Valid(type), (text, _) => Try(() => cultured.Invoke(null, Arguments(text))));
        }

        return
            type.GetMethod("Parse", Public, [typeof(string)]) is { } parse
            && type.IsAssignableFrom(parse.ReturnType)
            ? new(Valid(type), (text, _) => Try(() => parse.Invoke(null, [text])))
            : null;
    }

    private static string Valid(Type type) => $"a valid {type.Name}";

    [SuppressMessage(
        "Design",
        "CA1031:Do not catch general exception types",
        Justification = "A converter is the build program's own and may throw anything; whatever it throws, the value does not convert, and that is told with the value"
    )]
    private static object? Try(Func<object?> convert)
    {
        try
        {
            return convert();
        }
        catch (Exception)
        {
            return null;
        }
    }
}
