using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>
/// A build program: a class whose properties of type <see cref="Target"/> are its targets, with
/// <c>public static int Main() => Execute&lt;Build>(x => x.Test);</c>.
/// </summary>
public abstract partial class NukeBuild : INukeBuild
{
    /// <summary>The folder that has <c>.nuke</c>.</summary>
    public static AbsolutePath RootDirectory => RunScope.Current.Root;

    /// <summary><c>.nuke/temp</c>; made when it is asked for.</summary>
    public static AbsolutePath TemporaryDirectory
    {
        get
        {
            var folder = RootDirectory / ".nuke" / "temp";
            Directory.CreateDirectory(folder.ToString());
            return folder;
        }
    }

    /// <summary>The build program's project: the one under <c>build/</c>, else under the root; null when there is none.</summary>
    public static AbsolutePath? BuildProjectFile
    {
        get
        {
            foreach (var folder in new[] { RootDirectory / "build", RootDirectory })
            {
                if (folder.GlobFiles("*.csproj") is [var project, ..])
                {
                    return project;
                }
            }

            return null;
        }
    }

    /// <summary>How much is shown. Default: <see cref="Verbosity.Normal"/>.</summary>
    public static Verbosity Verbosity => RunScope.Current.Parameters.Options.Verbosity;

    /// <summary>Where the build runs.</summary>
    public static Host Host => RunScope.Current.Host;

    /// <summary>A person runs it.</summary>
    public static bool IsLocalBuild => !IsServerBuild;

    /// <summary>A CI server runs it.</summary>
    public static bool IsServerBuild => Host.IsServer;

    /// <summary>What the running target tells the person who watches.</summary>
    protected internal static IProgressReport Progress => TargetContext.Progress;

    /// <summary>Runs the build program with the command line of this process.</summary>
    /// <typeparam name="T">The build class.</typeparam>
    /// <param name="defaults">The targets that run when none is named.</param>
    /// <returns>The exit code: see <see cref="Outcome"/>.</returns>
    [SuppressMessage(
        "Reliability",
        "CA2025",
        Justification = "The task is waited for before the method ends."
    )]
    protected static int Execute<T>(params Expression<Func<T, Target>>[] defaults)
        where T : NukeBuild, new()
    {
        using var surroundings = Surroundings.OfProcess(Environment.GetCommandLineArgs()[1..]);
        return Engine.RunAsync(surroundings, defaults).GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public T? TryGetValue<T>(Expression<Func<T?>> parameterExpression)
        where T : class => (T?)Value(parameterExpression);

    /// <inheritdoc/>
    public T? TryGetValue<T>(Expression<Func<object?>> parameterExpression) =>
        Value(parameterExpression) is T value ? value : default;

    /// <inheritdoc/>
    public void ReportSummary(Configure<IDictionary<string, string>> configurator)
    {
        var figures = configurator(new Dictionary<string, string>(StringComparer.Ordinal));
        Progress.Figure(string.Join(", ", figures.Select(f => $"{f.Key}: {f.Value}")));
    }

    private static object? Value(LambdaExpression expression)
    {
        var body = expression.Body;
        while (body is UnaryExpression { NodeType: ExpressionType.Convert } convert)
        {
            body = convert.Operand;
        }

        var member =
            (body as MemberExpression)?.Member
            ?? throw Wrong.Program(
                $"TryGetValue takes the parameter itself, as () => Name, and not '{expression.Body}'."
            );
        return RunScope.Current.Parameters.GetValue(member);
    }
}
