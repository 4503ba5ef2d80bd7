using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>
/// A closed set of named values, as NUKE's template writes it: static fields of the own type, each
/// with a <see cref="Value"/>, and <c>[TypeConverter(typeof(TypeConverter&lt;Configuration&gt;))]</c>.
/// </summary>
public abstract class Enumeration : IEquatable<Enumeration>
{
    /// <summary>The text that stands for this value.</summary>
    protected internal string Value { get; set; } = "";

    /// <inheritdoc/>
    public bool Equals(Enumeration? other) =>
        other is not null
        && other.GetType() == GetType()
        && string.Equals(other.Value, Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Enumeration);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>The values of a type, in the order of their fields.</summary>
    internal static IReadOnlyList<Enumeration> All(Type type) =>
        [
            .. type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(f => f.FieldType == type)
                .Select(f => f.GetValue(null))
                .OfType<Enumeration>(),
        ];

    /// <summary>The value that a text stands for, by names that ignore case and dashes.</summary>
    internal static Enumeration? Find(Type type, string text) =>
        All(type).FirstOrDefault(e => ParameterName.AreSame(e.Value, text));

    /// <summary>Converts text, by names that ignore case and dashes.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    [SuppressMessage(
        "Design",
        "CA1034:Nested types should not be visible",
        Justification = "NUKE's template names it as an inherited member"
    )]
    public sealed class TypeConverter<T> : TypeConverter
        where T : Enumeration
    {
        /// <inheritdoc/>
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
            sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

        /// <inheritdoc/>
        /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: no value has that name.</exception>
        public override object? ConvertFrom(
            ITypeDescriptorContext? context,
            CultureInfo? culture,
            object value
        ) =>
            value is not string text
                ? base.ConvertFrom(context, culture, value)
                : Find(typeof(T), text)
                    ?? throw new OutcomeException(
                        Outcome.Wrong,
                        $"'{text}' is not one of {string.Join(", ", All(typeof(T)))}."
                    );
    }
}
