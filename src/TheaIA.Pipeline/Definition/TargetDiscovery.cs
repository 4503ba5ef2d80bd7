using System.Reflection;

namespace TheaIA.Pipeline;

/// <summary>
/// Finds the targets of a build: properties of its classes, private ones too, the base class's first;
/// then those of its component interfaces that no class answers.
/// </summary>
internal static class TargetDiscovery
{
    public static TargetSet Find(object build)
    {
        var type = build.GetType();
        var targets = new TargetSet(type);
        foreach (var getter in ClassGetters(type))
        {
            Add(targets, build, getter, NonVirtual.Call(getter, build));
        }

        foreach (var component in type.GetInterfaces())
        {
            foreach (var getter in Components.Getters(component))
            {
                if (IsOwnTarget(getter, type))
                {
                    var answering = Components.Implementation(getter, type) ?? getter;
                    Add(targets, build, answering, getter.CreateDelegate<Func<Target>>(build)());
                }
            }
        }

        foreach (var target in targets.All)
        {
            DefinitionCheck.Check(target);
        }

        return targets;
    }

    private static void Add(TargetSet targets, object build, MethodInfo getter, Target? factory)
    {
        var name = Components.TargetName(getter);
        if (factory is null)
        {
            throw Wrong.Program(
                $"{Components.NameOf(getter)} is null. A target is a property: Target {name} => _ => _.Executes(() => ...);"
            );
        }

        var definition = new TargetDefinition(build, getter);
        targets.Add(new ExecutableTarget(name, targets.All.Count, definition), getter, factory);
        factory(definition);
    }

    /// <summary>The most derived getter of each, in the order of declaration.</summary>
    private static List<MethodInfo> ClassGetters(Type type)
    {
        var chain = new Stack<Type>();
        for (var t = type; t is not null && t != typeof(NukeBuild); t = t.BaseType)
        {
            chain.Push(t);
        }

        var getters = new List<MethodInfo>();
        var places = new Dictionary<Slot, int>();
        foreach (var level in chain)
        {
            foreach (var getter in Components.Getters(level))
            {
                var slot = Slot.Of(getter);
                if (places.TryGetValue(slot, out var place))
                {
                    getters[place] = getter;
                }
                else
                {
                    places.Add(slot, getters.Count);
                    getters.Add(getter);
                }
            }
        }

        return getters;
    }

    /// <summary>No class answers it, and it is no override of another interface's target.</summary>
    private static bool IsOwnTarget(MethodInfo getter, Type type) =>
        !getter.Name.Contains('.', StringComparison.Ordinal)
        && (
            Components.Implementation(getter, type) is not { } implementation
            || implementation.DeclaringType!.IsInterface
        );

    /// <summary>What a getter answers: one in the same slot takes the place of a base class's.</summary>
    /// <param name="Method">The first declaration.</param>
    /// <param name="Explicit">
    /// Of an explicit implementation, which does not override that of a base class, the name instead.
    /// </param>
    private readonly record struct Slot(nint Method, string? Explicit)
    {
        public static Slot Of(MethodInfo getter) =>
            getter.Name.Contains('.', StringComparison.Ordinal)
                ? new(0, getter.Name)
                : new(
                    (getter.IsVirtual ? getter.GetBaseDefinition() : getter).MethodHandle.Value,
                    null
                );
    }
}
