using System.Collections;
using System.Reflection;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>Sets parameters of a build object.</summary>
internal static class Injection
{
    private const BindingFlags Any =
        BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.FlattenHierarchy;

    /// <summary>Whether it holds its value. A computed property does not: it asks for it.</summary>
    public static bool IsSettable(ParameterDefinition definition) =>
        definition.Member is not PropertyInfo property
        || property.SetMethod is { IsAbstract: false }
        || FieldBehind(property) is not null;

    /// <summary>Sets a field, or a property by its setter or the field behind it. A computed property asks for itself.</summary>
    public static void Set(object build, ParameterDefinition definition, object value)
    {
        switch (definition.Member)
        {
            case PropertyInfo { SetMethod: { } setter } property when !setter.IsAbstract:
                property.SetValue(build, value);
                break;
            case PropertyInfo property when FieldBehind(property) is { } behind:
                Set(build, definition, behind, value);
                break;
            case FieldInfo field:
                Set(build, definition, field, value);
                break;
            default:
                break;
        }
    }

    /// <summary>A sentence for each word that is not among the texts that the member allows.</summary>
    public static IEnumerable<string> NotAllowed(
        object build,
        ParameterDefinition definition,
        GivenValue given
    )
    {
        var allowed = Allowed(build, definition).ToList();
        return given
            .Words.Where(word => !allowed.Exists(a => ParameterName.AreSame(a, word)))
            .Select(word =>
                ValueConverter.IsNot(
                    definition.Option,
                    word,
                    $"one of {string.Join(", ", allowed)}",
                    given.From
                )
            );
    }

    private static FieldInfo? FieldBehind(PropertyInfo property) =>
        property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", Any);

    private static IEnumerable<string> Allowed(object build, ParameterDefinition definition)
    {
        var name = definition.ValueProviderMember!;
        var declaring = definition.Member.DeclaringType!;
        var member =
            declaring.GetMember(name, Any).FirstOrDefault()
            ?? build.GetType().GetMember(name, Any).FirstOrDefault();
        var values = member switch
        {
            PropertyInfo property => property.GetValue(build),
            FieldInfo field => field.GetValue(build),
            MethodInfo method => method.Invoke(build, null),
            _ => null,
        };
        return values is IEnumerable texts
            ? texts.Cast<object?>().Select(t => t?.ToString() ?? "")
            : throw new OutcomeException(
                Outcome.Wrong,
                $"{declaring.Name}.{definition.Name} names the ValueProviderMember '{name}', which is no member of {declaring.Name} with a list of texts."
            );
    }

    private static void Set(
        object build,
        ParameterDefinition definition,
        FieldInfo field,
        object value
    )
    {
        if (field.IsLiteral || field is { IsStatic: true, IsInitOnly: true })
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"{field.DeclaringType!.Name}.{definition.Name} never changes and cannot be set: make it a property."
            );
        }

        field.SetValue(build, value);
    }
}
