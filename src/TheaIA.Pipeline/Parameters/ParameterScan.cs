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

    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: two parameters have one name.</exception>
    public static ParameterSet Of(Type buildType)
    {
        var found = new ParameterSet();
        for (var type = buildType; type is not null && type != typeof(object); type = type.BaseType)
        {
            AddOwn(type, found);
        }

        foreach (var component in buildType.GetInterfaces())
        {
            AddOwn(component, found);
        }

        return found;
    }

    private static void AddOwn(Type type, ParameterSet found)
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

    private static void Add(MemberInfo member, Type type, ParameterSet found)
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
                Range = member.GetCustomAttribute<RangeAttribute>(inherit: false),
                ValueProviderMember = parameter.ValueProviderMember,
            }
        );
    }
}
