namespace TheaIA.Components;

/// <summary>Writes the workflow of GitHub Actions from the targets (mission row M13).</summary>
public interface IGenerateWorkflows : IHaveSources
{
    /// <summary>Where the workflow's job `deploy` deploys to. Default: staging.</summary>
    string DeployedByWorkflow => "staging";

    /// <summary>Writes .github/workflows/thea_ci.yml; Lint fails when the file differs.</summary>
    Target GenerateWorkflows =>
        _ =>
            _.Description("writes .github/workflows/thea_ci.yml from the targets")
                .Executes(() => WorkflowWork.Generate(this));
}
