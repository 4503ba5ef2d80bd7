using System.Linq.Expressions;
using System.Reflection;

namespace TheaIA.Pipeline;

internal sealed partial class TargetDefinition
{
    public ITargetDefinition Base()
    {
        var overridden =
            Components.Overridden(_getter, build.GetType())
            ?? throw Wrong.Program(
                $"{Components.NameOf(_getter)} calls Base(), but overrides no target."
            );
        return Apply(overridden);
    }

    public ITargetDefinition Inherit(params Target[] targets)
    {
        foreach (var target in targets)
        {
            target(this);
        }

        return this;
    }

    public ITargetDefinition Inherit<T>(params Expression<Func<T, Target>>[] targets)
    {
        if (targets.Length == 0)
        {
            return Apply(Components.SingleGetter(typeof(T)));
        }

        foreach (var target in targets)
        {
            Apply(
                Components.GetterOf(target)
                    ?? throw Wrong.Program(
                        $"{Components.NameOf(_getter)} inherits from '{target.Body}', which is no target property."
                    )
            );
        }

        return this;
    }

    /// <summary>Says what that getter's target says; a Base() in there means the getter's own base.</summary>
    private TargetDefinition Apply(MethodInfo getter)
    {
        if (getter.IsAbstract || !getter.DeclaringType!.IsInstanceOfType(build))
        {
            throw Wrong.Program(
                $"{Components.NameOf(_getter)} inherits from {Components.NameOf(getter)}, which says nothing here."
            );
        }

        var own = _getter;
        _getter = getter;
        NonVirtual.Call(getter, build)(this);
        _getter = own;
        return this;
    }
}
