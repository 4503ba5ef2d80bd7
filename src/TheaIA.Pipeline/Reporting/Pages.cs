namespace TheaIA.Pipeline;

/// <summary>What a command line that only asks gets for an answer.</summary>
internal static class Pages
{
    /// <summary>True: the question was about the program, and is answered.</summary>
    public static bool Write(RunScope scope, TargetSet targets)
    {
        var (options, parameters) = (scope.Parameters.Options, scope.Parameters.Definitions);
        return (options.Help, options.List) switch
        {
            (PlanFormat.Json, _) => WriteJson(scope, JsonPages.Help(targets, parameters)),
            (PlanFormat.Text, _) => Write(scope, HelpPage.Lines(targets, parameters)),
            (_, true) => Write(scope, HelpPage.List(targets)),
            _ => false,
        };
    }

    /// <summary>True: the question was about the plan, and is answered.</summary>
    public static bool Write(RunScope scope, Plan plan)
    {
        var options = scope.Parameters.Options;
        if (options.Plan == PlanFormat.None)
        {
            return false;
        }

        var predicted = new Prediction(plan, PastDurations.Load(scope.Root), options.Most);
        return options.Plan == PlanFormat.Json
            ? WriteJson(scope, JsonPages.Plan(plan, predicted, scope.Elapsed))
            : Write(scope, PlanPage.Lines(plan, predicted, scope.Elapsed));
    }

    /// <summary>Writes a document whose texts are masked. True.</summary>
    public static bool WriteJson(RunScope scope, string json)
    {
        scope.Surroundings.Output.Write(MaskedJson.Of(json, scope.Mask) + "\n");
        return true;
    }

    /// <summary>Writes lines through the mask. True.</summary>
    public static bool Write(RunScope scope, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            scope.Surroundings.Output.Write(scope.Mask.Mask(line) + "\n");
        }

        return true;
    }
}
