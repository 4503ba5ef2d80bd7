namespace TheaIA.Components;

/// <summary>Writes the generated workflow, and tells whether the file is still what it should be.</summary>
internal static class WorkflowWork
{
    public static void Generate(IGenerateWorkflows build)
    {
        var file = NukeBuild.RootDirectory / GitHubWorkflow.RelativePath;
        var text = Text(build);
        if (file.FileExists() && file.ReadAllText() == text)
        {
            TargetContext.Progress.Figure($"{GitHubWorkflow.RelativePath} is as it should be");
            return;
        }
        file.Parent!.CreateDirectory();
        file.WriteAllText(text);
        TargetContext.Progress.Figure($"{GitHubWorkflow.RelativePath} written");
    }

    /// <returns>What is wrong with the file, one sentence; null when nothing is.</returns>
    public static string? Drift(IGenerateWorkflows build)
    {
        var file = NukeBuild.RootDirectory / GitHubWorkflow.RelativePath;
        if (!file.FileExists())
        {
            return $"{GitHubWorkflow.RelativePath} is not there: ./build.sh GenerateWorkflows";
        }
        return file.ReadAllText() == Text(build)
            ? null
            : $"{GitHubWorkflow.RelativePath} is not what build/Build.cs says: ./build.sh GenerateWorkflows";
    }

    private static string Text(IGenerateWorkflows build) =>
        GitHubWorkflow.Write([
            new("setup", "Restore Compile", 15),
            new("tests", "Lint Test Coverage", 30),
            new("docker", "Release", 30)
            {
                Components = ["cosign", "gitleaks"],
                Variables =
                [
                    ("REGISTRY", "vars.REGISTRY"),
                    ("BASE_IMAGE", "vars.BASE_IMAGE"),
                    ("COSIGN_KEY", "vars.COSIGN_KEY"),
                    ("COSIGN_PASSWORD", "secrets.COSIGN_PASSWORD"),
                ],
                WholeHistory = true,
                SignsAsItself = true,
            },
            new(
                "deploy",
                $"Deploy --environment {build.DeployedByWorkflow} --release $GITHUB_SHA",
                30,
                $"Recover --environment {build.DeployedByWorkflow}"
            )
            {
                Components = ["cosign"],
                Variables = [("REGISTRY", "vars.REGISTRY")],
            },
        ]);
}
