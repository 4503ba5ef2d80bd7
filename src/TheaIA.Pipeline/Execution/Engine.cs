using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>From a command line to an exit code: the one way in, for a program and for tests.</summary>
internal static class Engine
{
    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "What escapes here ends the process: a person gets a sentence, not a crash."
    )]
    public static async Task<int> RunAsync<T>(
        Surroundings surroundings,
        params Expression<Func<T, Target>>[] defaults
    )
        where T : NukeBuild, new()
    {
        var mask = new SecretMask();
        try
        {
            return (int)await RunAsync(surroundings, mask, defaults);
        }
        catch (OutcomeException refused)
        {
            ErrorText.Write(surroundings, refused, mask);
            return (int)refused.Outcome;
        }
        catch (OperationCanceledException)
            when (surroundings.Interruption.Requested is { } requested)
        {
            var by = requested == Outcome.Interrupted ? "Ctrl-C" : "SIGTERM";
            surroundings.Output.Write($"Stopped by {by} before any target ran.\n");
            return (int)requested;
        }
        catch (Exception thrown)
        {
            var cause = (thrown as TargetInvocationException)?.InnerException ?? thrown;
            if (cause is OutcomeException refused)
            {
                ErrorText.Write(surroundings, refused, mask);
                return (int)refused.Outcome;
            }

            ErrorText.Write(surroundings, BuildThrew<T>(cause), mask);
            return (int)Outcome.Wrong;
        }
        finally
        {
            ConsoleRouter.Complete();
        }
    }

    private static OutcomeException BuildThrew<T>(Exception cause) =>
        Wrong.Program(
            $"The build program {typeof(T).Name} threw {Thrown.NamedMessageOf(cause)}",
            [
                .. (cause.StackTrace ?? "")
                    .Split(
                        '\n',
                        StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
                    )
                    .Take(3),
            ]
        );

    private static async Task<Outcome> RunAsync<T>(
        Surroundings surroundings,
        SecretMask mask,
        Expression<Func<T, Target>>[] defaults
    )
        where T : NukeBuild, new()
    {
        var scope = Scope(surroundings, mask, typeof(T));
        scope.Enter();
        ConsoleRouter.Install();
        var build = new T();
        scope.Parameters.Inject(build);
        var fields = InjectedFields.Of(build);
        var isSplit = Partition.Inject(fields, scope.Partition);
        build.OnBuildCreated();
        var targets = TargetDiscovery.Find(build);
        scope.Targets = targets;
        var order = TargetGraph.Link(targets);
        var standard = TargetNames.Defaults(targets, build, defaults);
        if (Pages.Write(scope, targets) || EngineCommands.Answer(scope, targets))
        {
            return Outcome.Done;
        }

        // what was asked about the program itself needs no parameter
        BrokenFiles.Check(scope.Parameters, targets);
        var options = scope.Parameters.Options;
        fields.SetRepository(scope.Root, options, targets);
        var named = TargetNames.Find(targets, options.Targets);
        var plan =
            named.Count > 0
                ? Planner.Make(order, named)
                : Planner.Make(order, standard, isDefault: true);
        if (plan.Targets.Count == 0)
        {
            throw Wrong.CommandLine(
                "No target was named, and the build program has no default.   ./build.sh --help lists all."
            );
        }

        OptionTargets.Check(plan, targets, scope.Parameters);
        Partition.Check(plan, scope.Partition, isSplit);
        var skipped = options.Skip is { } skip ? TargetNames.Find(targets, skip) : null;
        Rerun.Mark(plan, targets, options.Rerun);
        build.Take(plan);
        var needs = new SecretNeeds(scope.Parameters, build);
        needs.InjectUnclaimed(targets);
        plan.Skips.Apply(skipped);
        if (Pages.Write(scope, plan))
        {
            return Outcome.Done;
        }

        needs.InjectRequired(plan);
        return await new Run(scope, build, plan, targets.All).RunAsync();
    }

    private static RunScope Scope(Surroundings surroundings, SecretMask mask, Type build)
    {
        var parameters = ParameterService.Create(
            build,
            surroundings.Arguments,
            surroundings.Environment,
            o => AbsolutePath.Create(RootFinder.Find(o.Root, surroundings.CurrentDirectory))
        );
        var keeper = new SecretKeeper(mask, surroundings, parameters.Options);
        foreach (var secret in parameters.SecretValues)
        {
            keeper.Hide(secret);
        }

        parameters.Commands.Open(keeper, parameters.Root);
        var (part, total) = parameters.Options.Partition ?? (1, 1);
        return new RunScope
        {
            Surroundings = surroundings,
            Parameters = parameters,
            Host = HostDetection.Detect(parameters.Options.Host, surroundings),
            Mask = mask,
            Started = RunStart.Of(surroundings),
            Partition = new Partition(part, total),
        };
    }
}
