using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary><c>./build.sh Runs</c>: looks like a target, but asks the engine. A target of that name wins.</summary>
internal static class RunsCommand
{
    public const string Name = "Runs";
    private const string Last = "last";

    /// <summary>True: it was asked for, and is answered.</summary>
    /// <exception cref="OutcomeException">Wrong: with other targets, or no such run.</exception>
    public static bool Answer(RunScope scope, TargetSet targets)
    {
        var options = scope.Parameters.Options;
        if (!EngineCommands.IsAsked(options, targets, Name))
        {
            return options.Show is null
                ? false
                : throw Wrong.CommandLine(
                    $"--show belongs to {Name}, which was not asked for.   ./build.sh {Name} --show {options.Show.Id ?? Last}"
                );
        }

        var runs = RunHistory.All(scope.Root.ToString());
        return options.Show switch
        {
            null => Pages.Write(scope, RunsPage.List(runs, scope)),
            { Id: null } => Pages.WriteJson(scope, RunReport.Of(runs)),
            { IsJson: true, Id: var id } => Pages.WriteJson(scope, RunReport.Of(Find(runs, id))),
            { Id: var id } => Pages.Write(scope, RunsPage.Show(Find(runs, id), scope)),
        };
    }

    private static RunRecord Find(List<RunRecord> runs, string id)
    {
        if (runs.Count > 0 && id.Equals(Last, StringComparison.OrdinalIgnoreCase))
        {
            return runs[0];
        }

        var found = runs.FindAll(r => r.Head.Id.StartsWith(id, StringComparison.Ordinal));
        return found.Find(r => r.Head.Id == id)
            ?? found switch
            {
                [var only] => only,
                [] => throw Wrong.CommandLine(
                    $"There is no run '{id}' on record.   ./build.sh {Name} lists all."
                ),
                _ => throw Wrong.CommandLine(
                    $"'{id}' is the beginning of {found.Count} runs: give more of it.   ./build.sh {Name} lists all."
                ),
            };
    }
}
