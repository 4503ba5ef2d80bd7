using System.Linq.Expressions;
using System.Reflection;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>What one target said. Relations are kept as delegates until all targets are known.</summary>
internal sealed partial class TargetDefinition(object build, MethodInfo getter) : ITargetDefinition
{
    private MethodInfo _getter = getter;

    public string? Text { get; private set; }

    /// <summary>Each is an Action, a Func of Task or a Func of CancellationToken and Task.</summary>
    public List<Func<CancellationToken, Task>> Actions { get; } = [];

    // arrays: what most targets say nothing of takes no memory of theirs
    public Condition[] StaticConditions { get; private set; } = [];
    public Condition[] DynamicConditions { get; private set; } = [];
    public LambdaExpression[] Requirements { get; private set; } = [];
    public IGate[] Gates { get; set; } = [];
    public Func<CancellationToken, Task>[] Preflights { get; set; } = [];
    public string[] Resources { get; set; } = [];
    public string[] Inputs { get; set; } = [];
    public InputKey[] InputKeys { get; set; } = [];
    public string[] Outputs { get; set; } = [];
    public string[] Artifacts { get; private set; } = [];
    public DependencyBehavior Dependencies { get; private set; }
    public bool IsAssured { get; private set; }
    public bool Proceeds { get; private set; }
    public bool IsUnlisted { get; private set; }
    public bool IsEffect { get; set; }

    /// <summary>When the run is told to end it goes on: to its next safe point, or to its end.</summary>
    public bool GoesOn => IsEffect || IsAssured;
    public bool IsConcurrent { get; set; }
    public bool IsWayBack { get; set; }
    public bool IsUncached { get; set; }
    public int Parts { get; private set; } = 1;

    /// <summary>Null: nothing is said of it, so one.</summary>
    public int? Attempts { get; set; }
    public TimeSpan Backoff { get; set; }
    public TimeSpan? Limit { get; set; }
    public TimeBudget? Budget { get; set; }

    public ITargetDefinition Description(string description)
    {
        Text = description;
        return this;
    }

    public ITargetDefinition Executes(params Action[] actions)
    {
        foreach (var action in actions)
        {
            Actions.Add(_ =>
            {
                action();
                return Task.CompletedTask;
            });
        }

        return this;
    }

    public ITargetDefinition Executes<T>(Func<T> action)
    {
        Actions.Add(async _ =>
        {
            switch (action())
            {
                case Task task:
                    await task;
                    break;
                case ValueTask task:
                    await task;
                    break;
                case { } other
                    when other.GetType() is { IsGenericType: true } type
                        && type.GetGenericTypeDefinition() == typeof(ValueTask<>):
                    await (Task)type.GetMethod(nameof(ValueTask<>.AsTask))!.Invoke(other, null)!;
                    break;
                default:
                    break;
            }
        });
        return this;
    }

    public ITargetDefinition Executes(Func<Task> action)
    {
        Actions.Add(_ => action());
        return this;
    }

    public ITargetDefinition OnlyWhenStatic(Func<bool> condition, string conditionExpression = "")
    {
        StaticConditions = [.. StaticConditions, new(condition, conditionExpression)];
        return this;
    }

    public ITargetDefinition OnlyWhenDynamic(Func<bool> condition, string conditionExpression = "")
    {
        DynamicConditions = [.. DynamicConditions, new(condition, conditionExpression)];
        return this;
    }

    public ITargetDefinition WhenSkipped(DependencyBehavior dependencyBehavior)
    {
        Dependencies = dependencyBehavior;
        return this;
    }

    public ITargetDefinition Requires<T>(params Expression<Func<T>>[] parameterRequirement)
        where T : class?
    {
        Requirements = [.. Requirements, .. parameterRequirement];
        return this;
    }

    public ITargetDefinition Requires<T>(params Expression<Func<T?>>[] parameterRequirement)
        where T : struct
    {
        Requirements = [.. Requirements, .. parameterRequirement];
        return this;
    }

    public ITargetDefinition Requires(params Expression<Func<bool>>[] requirement)
    {
        Requirements = [.. Requirements, .. requirement];
        return this;
    }

    public ITargetDefinition AssuredAfterFailure()
    {
        IsAssured = true;
        return this;
    }

    public ITargetDefinition ProceedAfterFailure()
    {
        Proceeds = true;
        return this;
    }

    public ITargetDefinition Unlisted()
    {
        IsUnlisted = true;
        return this;
    }

    public ITargetDefinition Produces(params string[] artifacts)
    {
        Artifacts = [.. Artifacts, .. artifacts];
        return this;
    }

    public ITargetDefinition Partition(int size)
    {
        Parts = size;
        return this;
    }
}

/// <summary>A value besides files that a result depends on.</summary>
/// <param name="Name">As the reason for a run shows it.</param>
/// <param name="Value">Asked before the target runs.</param>
internal sealed record InputKey(string Name, Func<string?> Value);

/// <summary>A condition with its source text, which is the reason shown for a skip.</summary>
internal sealed record Condition(Func<bool> Holds, string Source)
{
    public string Text
    {
        get
        {
            var arrow = Source.IndexOf("=>", StringComparison.Ordinal);
            return Source.StartsWith("()", StringComparison.Ordinal) && arrow > 0
                ? Source[(arrow + 2)..].Trim()
                : Source;
        }
    }
}
