using System.Linq.Expressions;
using System.Reflection;

namespace TheaIA.Pipeline;

/// <summary>Target properties of classes and component interfaces, by reflection.</summary>
internal static class Components
{
    public const BindingFlags Own =
        BindingFlags.Instance
        | BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    /// <summary>The getters of the target properties that a type declares itself.</summary>
    public static IEnumerable<MethodInfo> Getters(Type type)
    {
        foreach (var property in type.GetProperties(Own))
        {
            if (property.PropertyType == typeof(Target) && property.GetMethod is { } getter)
            {
                yield return getter;
            }
        }
    }

    /// <summary>The target's name: <c>Test</c> for <c>get_Test</c> and for <c>ITest.get_Test</c>.</summary>
    public static string TargetName(MethodInfo getter)
    {
        var name = getter.Name.AsSpan(getter.Name.LastIndexOf('.') + 1);
        return name.StartsWith("get_", StringComparison.Ordinal)
            ? name[4..].ToString()
            : name.ToString();
    }

    /// <summary>For messages: <c>ITest.Test</c>.</summary>
    public static string NameOf(MethodInfo getter) =>
        $"{getter.DeclaringType!.Name}.{TargetName(getter)}";

    public static MethodInfo SingleGetter(Type component)
    {
        MethodInfo? found = null;
        foreach (var getter in Getters(component))
        {
            if (found is not null)
            {
                throw Wrong.Program(
                    $"{component.Name} has more than one target: name the one that is meant, as x => x.{TargetName(found)}."
                );
            }

            found = getter;
        }

        return found
            ?? throw Wrong.Program(
                $"{component.Name} has no target of its own: name the one that is meant, as x => x.Name."
            );
    }

    public static Target SingleTarget(Type component, object build) =>
        SingleGetter(component).CreateDelegate<Func<Target>>(build)();

    /// <summary>The getter behind <c>x => x.Test</c> or <c>x => ((ITest)x).Test</c>; null: another expression.</summary>
    public static MethodInfo? GetterOf(LambdaExpression expression) =>
        expression.Body is MemberExpression { Member: PropertyInfo property }
            ? property.GetMethod
            : null;

    /// <summary>What a getter overrides: the nearest base class's, else the interface's own body.</summary>
    public static MethodInfo? Overridden(MethodInfo getter, Type build)
    {
        var declaring = getter.DeclaringType!;
        if (getter.IsVirtual && !Same(getter.GetBaseDefinition(), getter))
        {
            for (var type = declaring.BaseType; type is not null; type = type.BaseType)
            {
                foreach (var other in Getters(type))
                {
                    if (Same(other.GetBaseDefinition(), getter.GetBaseDefinition()))
                    {
                        return other;
                    }
                }
            }
        }

        return declaring.IsInterface
            ? OverriddenInterface(getter, declaring)
            : Implemented(getter, declaring, build);
    }

    private static MethodInfo? Implemented(MethodInfo getter, Type declaring, Type build)
    {
        foreach (var component in build.GetInterfaces())
        {
            if (!component.IsAssignableFrom(declaring))
            {
                continue;
            }

            foreach (var other in Getters(component))
            {
                if (
                    TargetName(other) == TargetName(getter)
                    && Implementation(other, declaring) is { } implementation
                    && Same(implementation, getter)
                )
                {
                    return other;
                }
            }
        }

        return null;
    }

    /// <summary>`Target ITest.Test => ...` in another interface.</summary>
    private static MethodInfo? OverriddenInterface(MethodInfo getter, Type declaring)
    {
        foreach (var component in declaring.GetInterfaces())
        {
            foreach (var other in Getters(component))
            {
                if (
                    getter.Name.EndsWith($"{component.Name}.{other.Name}", StringComparison.Ordinal)
                )
                {
                    return other;
                }
            }
        }

        return null;
    }

    /// <summary>The same method, whatever type it was asked of.</summary>
    public static bool Same(MethodInfo one, MethodInfo other) =>
        one.MethodHandle.Equals(other.MethodHandle);

    /// <summary>What a class answers an interface's getter with; null: two interfaces answer, so none does.</summary>
    public static MethodInfo? Implementation(MethodInfo interfaceGetter, Type type)
    {
        var map = type.GetInterfaceMap(interfaceGetter.DeclaringType!);
        var index = Array.FindIndex(map.InterfaceMethods, m => Same(m, interfaceGetter));
        return map.TargetMethods[index];
    }
}
