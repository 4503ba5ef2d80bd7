using System.Linq.Expressions;

namespace TheaIA.Pipeline;

/// <summary>What a component interface can ask of the build that it is part of.</summary>
public interface INukeBuild
{
    /// <summary>The folder that has <c>.nuke</c>.</summary>
    AbsolutePath RootDirectory { get; }

    /// <summary><c>.nuke/temp</c>; made when it is asked for.</summary>
    AbsolutePath TemporaryDirectory { get; }

    /// <summary>The build program's project under the root; null when there is none.</summary>
    AbsolutePath? BuildProjectFile { get; }

    /// <summary>How much is shown. Default: <see cref="Verbosity.Normal"/>.</summary>
    Verbosity Verbosity { get; }

    /// <summary>Where the build runs.</summary>
    Host Host { get; }

    /// <summary>A person runs it.</summary>
    bool IsLocalBuild { get; }

    /// <summary>A CI server runs it.</summary>
    bool IsServerBuild { get; }

    /// <summary>The targets that were named, or the defaults.</summary>
    IReadOnlyCollection<ExecutableTarget> InvokedTargets { get; }

    /// <summary>The targets that are left out.</summary>
    IReadOnlyCollection<ExecutableTarget> SkippedTargets { get; }

    /// <summary>The targets that wait for their turn.</summary>
    IReadOnlyCollection<ExecutableTarget> ScheduledTargets { get; }

    /// <summary>The targets that run.</summary>
    IReadOnlyCollection<ExecutableTarget> RunningTargets { get; }

    /// <summary>The targets that failed or were cut off.</summary>
    IReadOnlyCollection<ExecutableTarget> FailedTargets { get; }

    /// <summary>The targets that succeeded, now or earlier.</summary>
    IReadOnlyCollection<ExecutableTarget> SucceededTargets { get; }

    /// <summary>The targets that ended, however.</summary>
    IReadOnlyCollection<ExecutableTarget> FinishedTargets { get; }

    /// <summary>Nothing failed so far.</summary>
    bool IsSucceeding { get; }

    /// <summary>Something failed.</summary>
    bool IsFailing { get; }

    /// <summary>The run's exit code; null until it is known.</summary>
    int? ExitCode { get; }

    /// <summary>The value of a parameter that an interface declares: <c>string P => TryGetValue(() => P);</c></summary>
    /// <typeparam name="T">The parameter's type.</typeparam>
    /// <param name="parameterExpression">The property itself.</param>
    /// <returns>Null when it is not set.</returns>
    T? TryGetValue<T>(Expression<Func<T?>> parameterExpression)
        where T : class;

    /// <summary>The same for values: <c>int P => TryGetValue&lt;int?&gt;(() => P) ?? 1;</c></summary>
    /// <typeparam name="T">The parameter's type, as a nullable.</typeparam>
    /// <param name="parameterExpression">The property itself.</param>
    /// <returns>The default of <typeparamref name="T"/> when it is not set.</returns>
    T? TryGetValue<T>(Expression<Func<object?>> parameterExpression);

    /// <summary>Puts figures beside the running target's line.</summary>
    /// <param name="configurator">Adds names and values.</param>
    void ReportSummary(Configure<IDictionary<string, string>> configurator);
}
