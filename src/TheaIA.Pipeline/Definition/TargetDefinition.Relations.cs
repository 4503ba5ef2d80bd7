namespace TheaIA.Pipeline;

/// <summary>How a target stands to another.</summary>
internal enum Relation
{
    DependsOn,
    DependentFor,
    Before,
    After,
    Triggers,
    TriggeredBy,
    Consumes,
}

internal sealed partial class TargetDefinition
{
    public List<(Relation Relation, Target Target)> Relations { get; } = [];

    public ITargetDefinition DependsOn(params Target[] targets) => Add(Relation.DependsOn, targets);

    public ITargetDefinition DependsOn<T>(params Func<T, Target>[] targets) =>
        Add(Relation.DependsOn, targets);

    public ITargetDefinition TryDependsOn<T>(params Func<T, Target>[] targets) =>
        TryAdd(Relation.DependsOn, targets);

    public ITargetDefinition DependentFor(params Target[] targets) =>
        Add(Relation.DependentFor, targets);

    public ITargetDefinition DependentFor<T>(params Func<T, Target>[] targets) =>
        Add(Relation.DependentFor, targets);

    public ITargetDefinition TryDependentFor<T>(params Func<T, Target>[] targets) =>
        TryAdd(Relation.DependentFor, targets);

    public ITargetDefinition Before(params Target[] targets) => Add(Relation.Before, targets);

    public ITargetDefinition Before<T>(params Func<T, Target>[] targets) =>
        Add(Relation.Before, targets);

    public ITargetDefinition TryBefore<T>(params Func<T, Target>[] targets) =>
        TryAdd(Relation.Before, targets);

    public ITargetDefinition After(params Target[] targets) => Add(Relation.After, targets);

    public ITargetDefinition After<T>(params Func<T, Target>[] targets) =>
        Add(Relation.After, targets);

    public ITargetDefinition TryAfter<T>(params Func<T, Target>[] targets) =>
        TryAdd(Relation.After, targets);

    public ITargetDefinition Triggers(params Target[] targets) => Add(Relation.Triggers, targets);

    public ITargetDefinition Triggers<T>(params Func<T, Target>[] targets) =>
        Add(Relation.Triggers, targets);

    public ITargetDefinition TryTriggers<T>(params Func<T, Target>[] targets) =>
        TryAdd(Relation.Triggers, targets);

    public ITargetDefinition TriggeredBy(params Target[] targets) =>
        Add(Relation.TriggeredBy, targets);

    public ITargetDefinition TriggeredBy<T>(params Func<T, Target>[] targets) =>
        Add(Relation.TriggeredBy, targets);

    public ITargetDefinition TryTriggeredBy<T>(params Func<T, Target>[] targets) =>
        TryAdd(Relation.TriggeredBy, targets);

    public ITargetDefinition Consumes(params Target[] targets) => Add(Relation.Consumes, targets);

    public ITargetDefinition Consumes<T>(params Func<T, Target>[] targets) =>
        Add(Relation.Consumes, targets);

    public ITargetDefinition Consumes(Target target, params string[] artifacts) =>
        Add(Relation.Consumes, target);

    public ITargetDefinition Consumes<T>(Func<T, Target> target, params string[] artifacts) =>
        Add(Relation.Consumes, [target]);

    public ITargetDefinition Consumes<T>(string artifact, params string[] more) => Consumes<T>();

    private TargetDefinition Add(Relation relation, params Target[] targets)
    {
        foreach (var target in targets)
        {
            Relations.Add((relation, target));
        }

        return this;
    }

    private TargetDefinition Add<T>(Relation relation, Func<T, Target>[] targets)
    {
        if (build is not T component)
        {
            throw Wrong.Program(
                $"{Components.NameOf(_getter)} names a target of {typeof(T).Name}, which {build.GetType().Name} does not implement. "
                    + $"Add the component, or use Try{relation}<{typeof(T).Name}>."
            );
        }

        return targets.Length == 0
            ? Add(relation, Components.SingleTarget(typeof(T), build))
            : Add(relation, Array.ConvertAll(targets, t => t(component)));
    }

    private TargetDefinition TryAdd<T>(Relation relation, Func<T, Target>[] targets) =>
        build is T ? Add(relation, targets) : this;
}
