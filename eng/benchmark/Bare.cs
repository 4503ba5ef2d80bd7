using System.Linq.Expressions;

/// <summary>What a target says, heard by nobody: it keeps the action and no more.</summary>
internal sealed class Bare : ITargetDefinition
{
    public Action? Action { get; set; }

    public ITargetDefinition Executes(params Action[] actions)
    {
        Action = actions[0];
        return this;
    }

    public ITargetDefinition DependsOn(params Target[] targets) => this;

    public ITargetDefinition Description(string description) => this;

    public ITargetDefinition Executes<T>(Func<T> action) => this;

    public ITargetDefinition Executes(Func<Task> action) => this;

    public ITargetDefinition DependsOn<T>(params Func<T, Target>[] targets) => this;

    public ITargetDefinition TryDependsOn<T>(params Func<T, Target>[] targets) => this;

    public ITargetDefinition DependentFor(params Target[] targets) => this;

    public ITargetDefinition DependentFor<T>(params Func<T, Target>[] targets) => this;

    public ITargetDefinition TryDependentFor<T>(params Func<T, Target>[] targets) => this;

    public ITargetDefinition Before(params Target[] targets) => this;

    public ITargetDefinition Before<T>(params Func<T, Target>[] targets) => this;

    public ITargetDefinition TryBefore<T>(params Func<T, Target>[] targets) => this;

    public ITargetDefinition After(params Target[] targets) => this;

    public ITargetDefinition After<T>(params Func<T, Target>[] targets) => this;

    public ITargetDefinition TryAfter<T>(params Func<T, Target>[] targets) => this;

    public ITargetDefinition Triggers(params Target[] targets) => this;

    public ITargetDefinition Triggers<T>(params Func<T, Target>[] targets) => this;

    public ITargetDefinition TryTriggers<T>(params Func<T, Target>[] targets) => this;

    public ITargetDefinition TriggeredBy(params Target[] targets) => this;

    public ITargetDefinition TriggeredBy<T>(params Func<T, Target>[] targets) => this;

    public ITargetDefinition TryTriggeredBy<T>(params Func<T, Target>[] targets) => this;

    public ITargetDefinition OnlyWhenStatic(Func<bool> condition, string conditionExpression) =>
        this;

    public ITargetDefinition OnlyWhenDynamic(Func<bool> condition, string conditionExpression) =>
        this;

    public ITargetDefinition WhenSkipped(DependencyBehavior dependencyBehavior) => this;

    public ITargetDefinition Requires<T>(params Expression<Func<T>>[] parameterRequirement)
        where T : class? => this;

    public ITargetDefinition Requires<T>(params Expression<Func<T?>>[] parameterRequirement)
        where T : struct => this;

    public ITargetDefinition Requires(params Expression<Func<bool>>[] requirement) => this;

    public ITargetDefinition AssuredAfterFailure() => this;

    public ITargetDefinition ProceedAfterFailure() => this;

    public ITargetDefinition Unlisted() => this;

    public ITargetDefinition Base() => this;

    public ITargetDefinition Inherit(params Target[] targets) => this;

    public ITargetDefinition Inherit<T>(params Expression<Func<T, Target>>[] targets) => this;

    public ITargetDefinition Produces(params string[] artifacts) => this;

    public ITargetDefinition Consumes(params Target[] targets) => this;

    public ITargetDefinition Consumes<T>(params Func<T, Target>[] targets) => this;

    public ITargetDefinition Consumes(Target target, params string[] artifacts) => this;

    public ITargetDefinition Consumes<T>(Func<T, Target> target, params string[] artifacts) => this;

    public ITargetDefinition Consumes<T>(string artifact, params string[] more) => this;

    public ITargetDefinition Partition(int size) => this;
}
