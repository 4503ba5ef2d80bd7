using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace TheaIA.Pipeline;

/// <summary>
/// What a target may say about itself. Every member gives back the same definition. Members that take
/// <c>params</c> add to what was said before. What this engine adds to the NUKE model is in
/// <see cref="TargetExtensions"/>.
/// </summary>
public interface ITargetDefinition
{
    /// <summary>One sentence for <c>--help</c>. Default: none.</summary>
    /// <param name="description">The sentence.</param>
    ITargetDefinition Description(string description);

    /// <summary>Adds actions; they run one after the other.</summary>
    /// <param name="actions">What to do.</param>
    ITargetDefinition Executes(params Action[] actions);

    /// <summary>Adds an action whose result is not used; a task that it returns is awaited.</summary>
    /// <typeparam name="T">The result's type; also <c>Task&lt;T&gt;</c> and <c>ValueTask</c>.</typeparam>
    /// <param name="action">What to do.</param>
    ITargetDefinition Executes<T>(Func<T> action);

    /// <summary>Adds an asynchronous action.</summary>
    /// <param name="action">What to do.</param>
    ITargetDefinition Executes(Func<Task> action);

    /// <summary>These targets run before this one, and join the plan with it.</summary>
    /// <param name="targets">What this one needs.</param>
    ITargetDefinition DependsOn(params Target[] targets);

    /// <inheritdoc cref="DependsOn(Target[])"/>
    /// <typeparam name="T">The component; without arguments its single target is meant.</typeparam>
    ITargetDefinition DependsOn<T>(params Func<T, Target>[] targets);

    /// <inheritdoc cref="DependsOn{T}(Func{T, Target}[])"/>
    /// <remarks>Says nothing where the build does not have the component.</remarks>
    ITargetDefinition TryDependsOn<T>(params Func<T, Target>[] targets);

    /// <summary>These targets depend on this one.</summary>
    /// <param name="targets">What needs this one.</param>
    ITargetDefinition DependentFor(params Target[] targets);

    /// <inheritdoc cref="DependentFor(Target[])"/>
    /// <typeparam name="T">The component; without arguments its single target is meant.</typeparam>
    ITargetDefinition DependentFor<T>(params Func<T, Target>[] targets);

    /// <inheritdoc cref="DependentFor{T}(Func{T, Target}[])"/>
    /// <remarks>Says nothing where the build does not have the component.</remarks>
    ITargetDefinition TryDependentFor<T>(params Func<T, Target>[] targets);

    /// <summary>When both are in the plan, this one runs before these.</summary>
    /// <param name="targets">What comes later.</param>
    ITargetDefinition Before(params Target[] targets);

    /// <inheritdoc cref="Before(Target[])"/>
    /// <typeparam name="T">The component; without arguments its single target is meant.</typeparam>
    ITargetDefinition Before<T>(params Func<T, Target>[] targets);

    /// <inheritdoc cref="Before{T}(Func{T, Target}[])"/>
    /// <remarks>Says nothing where the build does not have the component.</remarks>
    ITargetDefinition TryBefore<T>(params Func<T, Target>[] targets);

    /// <summary>When both are in the plan, this one runs after these.</summary>
    /// <param name="targets">What comes earlier.</param>
    ITargetDefinition After(params Target[] targets);

    /// <inheritdoc cref="After(Target[])"/>
    /// <typeparam name="T">The component; without arguments its single target is meant.</typeparam>
    ITargetDefinition After<T>(params Func<T, Target>[] targets);

    /// <inheritdoc cref="After{T}(Func{T, Target}[])"/>
    /// <remarks>Says nothing where the build does not have the component.</remarks>
    ITargetDefinition TryAfter<T>(params Func<T, Target>[] targets);

    /// <summary>These targets join the plan with this one, and run after it.</summary>
    /// <param name="targets">What is triggered.</param>
    ITargetDefinition Triggers(params Target[] targets);

    /// <inheritdoc cref="Triggers(Target[])"/>
    /// <typeparam name="T">The component; without arguments its single target is meant.</typeparam>
    ITargetDefinition Triggers<T>(params Func<T, Target>[] targets);

    /// <inheritdoc cref="Triggers{T}(Func{T, Target}[])"/>
    /// <remarks>Says nothing where the build does not have the component.</remarks>
    ITargetDefinition TryTriggers<T>(params Func<T, Target>[] targets);

    /// <summary>This target joins the plan with any of these, and runs after it.</summary>
    /// <param name="targets">What triggers this one.</param>
    ITargetDefinition TriggeredBy(params Target[] targets);

    /// <inheritdoc cref="TriggeredBy(Target[])"/>
    /// <typeparam name="T">The component; without arguments its single target is meant.</typeparam>
    ITargetDefinition TriggeredBy<T>(params Func<T, Target>[] targets);

    /// <inheritdoc cref="TriggeredBy{T}(Func{T, Target}[])"/>
    /// <remarks>Says nothing where the build does not have the component.</remarks>
    ITargetDefinition TryTriggeredBy<T>(params Func<T, Target>[] targets);

    /// <summary>Skips the target when the condition is false; asked once, before anything runs.</summary>
    /// <param name="condition">True: it runs.</param>
    /// <param name="conditionExpression">Filled in by the compiler; shown as the reason.</param>
    ITargetDefinition OnlyWhenStatic(
        Func<bool> condition,
        [CallerArgumentExpression(nameof(condition))] string conditionExpression = ""
    );

    /// <summary>Skips the target when the condition is false; asked when its turn comes.</summary>
    /// <param name="condition">True: it runs.</param>
    /// <param name="conditionExpression">Filled in by the compiler; shown as the reason.</param>
    ITargetDefinition OnlyWhenDynamic(
        Func<bool> condition,
        [CallerArgumentExpression(nameof(condition))] string conditionExpression = ""
    );

    /// <summary>What becomes of dependencies that only this target needs when it is skipped before the run.</summary>
    /// <param name="dependencyBehavior">Default: <see cref="DependencyBehavior.Skip"/>.</param>
    ITargetDefinition WhenSkipped(DependencyBehavior dependencyBehavior);

    /// <summary>Parameters that must be set. All that are missing are named at once, before anything runs.</summary>
    /// <typeparam name="T">The parameter's type.</typeparam>
    /// <param name="parameterRequirement">The parameters, as <c>() => Token</c>.</param>
    ITargetDefinition Requires<T>(params Expression<Func<T>>[] parameterRequirement)
        where T : class?;

    /// <inheritdoc cref="Requires{T}(Expression{Func{T}}[])"/>
    ITargetDefinition Requires<T>(params Expression<Func<T?>>[] parameterRequirement)
        where T : struct;

    /// <summary>Conditions that must be true, else the run is refused before anything runs (exit 2).</summary>
    /// <param name="requirement">The conditions.</param>
    ITargetDefinition Requires(params Expression<Func<bool>>[] requirement);

    /// <summary>Runs also after another target failed or the run was interrupted.</summary>
    ITargetDefinition AssuredAfterFailure();

    /// <summary>When this target fails, those behind it run nevertheless; the run still fails.</summary>
    ITargetDefinition ProceedAfterFailure();

    /// <summary>Hides the target from <c>--help</c>.</summary>
    ITargetDefinition Unlisted();

    /// <summary>Says what the overridden target says.</summary>
    ITargetDefinition Base();

    /// <summary>Says what these targets say.</summary>
    /// <param name="targets">The targets.</param>
    ITargetDefinition Inherit(params Target[] targets);

    /// <summary>Says what a component's own targets say, overridden or not.</summary>
    /// <typeparam name="T">The component; without arguments its single target is meant.</typeparam>
    /// <param name="targets">The targets, as <c>x => x.Test</c>.</param>
    ITargetDefinition Inherit<T>(params Expression<Func<T, Target>>[] targets);

    /// <summary>Files that it leaves for people and other jobs; shown in <c>--plan json</c>.</summary>
    /// <param name="artifacts">Globs.</param>
    ITargetDefinition Produces(params string[] artifacts);

    /// <summary>It uses what these targets produce; shown in <c>--plan json</c>.</summary>
    /// <param name="targets">The targets.</param>
    ITargetDefinition Consumes(params Target[] targets);

    /// <inheritdoc cref="Consumes(Target[])"/>
    /// <typeparam name="T">The component; without arguments its single target is meant.</typeparam>
    ITargetDefinition Consumes<T>(params Func<T, Target>[] targets);

    /// <summary>It uses these files of what a target produces.</summary>
    /// <param name="target">The target.</param>
    /// <param name="artifacts">Globs.</param>
    ITargetDefinition Consumes(Target target, params string[] artifacts);

    /// <inheritdoc cref="Consumes(Target, string[])"/>
    /// <typeparam name="T">The component.</typeparam>
    ITargetDefinition Consumes<T>(Func<T, Target> target, params string[] artifacts);

    /// <summary>It uses these files of what a component's single target produces.</summary>
    /// <typeparam name="T">The component.</typeparam>
    /// <param name="artifact">A glob.</param>
    /// <param name="more">Others.</param>
    ITargetDefinition Consumes<T>(string artifact, params string[] more);

    /// <summary>It can be split: <c>--partition 1/2</c> runs one part.</summary>
    /// <param name="size">How many parts; at least 1.</param>
    ITargetDefinition Partition(int size);
}
