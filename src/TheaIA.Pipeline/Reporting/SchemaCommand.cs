using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary><c>./build.sh Schema</c>: writes <c>.nuke/build.schema.json</c>; nothing else ever does.</summary>
internal static class SchemaCommand
{
    public const string Name = "Schema";
    private const string Shown = ".nuke/build.schema.json";

    /// <summary>True: it was asked for, and is done.</summary>
    /// <exception cref="OutcomeException">Wrong: with other targets, or the file cannot be written.</exception>
    public static bool Answer(RunScope scope, TargetSet targets)
    {
        if (!EngineCommands.IsAsked(scope.Parameters.Options, targets, Name))
        {
            return false;
        }

        var text = Text(scope);
        var isSame = text == Written(scope.Root);
        // a question changes nothing
        var isQuestion = scope.Parameters.Options.IsQuestion;
        if (!isSame && !isQuestion)
        {
            Write(PathOf(scope.Root), text);
        }

        Pages.Write(
            scope,
            [
                isSame ? $"{Shown} is as it should be."
                : isQuestion ? $"{Shown} would be written."
                : $"{Shown} is written.",
            ]
        );
        return true;
    }

    /// <summary>What is wrong with the file; null: it is as it should be, or this checkout has none.</summary>
    public static string? Drift(RunScope scope) =>
        Written(scope.Root) is { } written && written != Text(scope)
            ? $"{Shown}: not what the build program declares; ./build.sh {Name} mends it"
            : null;

    private static string Text(RunScope scope) =>
        SchemaPage.Json(scope.Targets, scope.Parameters.Definitions) + "\n";

    private static string PathOf(AbsolutePath root) =>
        (root / ".nuke" / "build.schema.json").ToString();

    private static string? Written(AbsolutePath root) =>
        File.Exists(PathOf(root)) ? File.ReadAllText(PathOf(root)) : null;

    private static void Write(string path, string text)
    {
        try
        {
            Aside.Write(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"{Shown} cannot be written: {e.Message} Mend that, then run this again.",
                e
            );
        }
    }
}
