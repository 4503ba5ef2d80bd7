using System.Reflection;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>Finds the parameters of a build class, its base classes and its components.</summary>
internal static class ParameterScan
{
    private const BindingFlags Own =
        BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    /// <summary>One a member; several members may declare the same parameter.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: two parameters have one name.</exception>
    public static List<ParameterDefinition> Of(Type buildType)
    {
        var found = new List<ParameterDefinition>();
        for (var type = buildType; type is not null && type != typeof(object); type = type.BaseType)
        {
            AddOwn(type, found);
        }

        foreach (var component in buildType.GetInterfaces())
        {
            AddOwn(component, found);
        }

        Check(found);
        return found;
    }

    private static void AddOwn(Type type, List<ParameterDefinition> found)
    {
        foreach (var property in type.GetProperties(Own))
        {
            Add(property, property.PropertyType, found);
        }

        foreach (var field in type.GetFields(Own))
        {
            Add(field, field.FieldType, found);
        }
    }

    private static void Add(MemberInfo member, Type type, List<ParameterDefinition> found)
    {
        if (
            !member.IsDefined(typeof(ParameterAttribute), inherit: false)
            || member.GetCustomAttribute<ParameterAttribute>(inherit: false) is not { } parameter
        )
        {
            return;
        }

        var name = parameter.Name ?? member.Name[(member.Name.LastIndexOf('.') + 1)..];
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        found.Add(
            new ParameterDefinition(
                name,
                ParameterName.Option(name),
                plain,
                parameter.Description ?? "",
                plain == typeof(Secret)
                    || member.IsDefined(typeof(SecretAttribute), inherit: false),
                member.IsDefined(typeof(RequiredAttribute), inherit: false),
                member.IsDefined(typeof(CommandLineOnlyAttribute), inherit: false),
                member
            )
            {
                Separator = parameter.Separator ?? ",",
                IsListed = parameter.List,
                ValueProviderMember = parameter.ValueProviderMember,
            }
        );
    }

    private static void Check(List<ParameterDefinition> found)
    {
        foreach (var same in found.GroupBy(d => d.Key, StringComparer.Ordinal))
        {
            var first = same.First();
            if (EngineOption.All.FirstOrDefault(o => o.Key == first.Key) is { } own)
            {
                throw new OutcomeException(
                    Outcome.Wrong,
                    $"The parameter {Where(first)} has the name of the engine's own option {own.Option}: give it another name."
                );
            }

            if (same.FirstOrDefault(d => d.Type != first.Type) is { } other)
            {
                throw new OutcomeException(
                    Outcome.Wrong,
                    $"The parameters {Where(first)} and {Where(other)} have one name but two types: give one another name."
                );
            }
        }
    }

    private static string Where(ParameterDefinition definition) =>
        $"{definition.Member.DeclaringType?.Name}.{definition.Name}";
}
