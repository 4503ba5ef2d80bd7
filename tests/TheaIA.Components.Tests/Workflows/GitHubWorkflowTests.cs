using YamlDotNet.RepresentationModel;

namespace TheaIA.Components.Tests.Workflows;

public sealed class GitHubWorkflowTests
{
    private static readonly string Text = GitHubWorkflow.Write([
        new("setup", "Restore Compile", 15),
        new("deploy", "Deploy --environment staging", 30, "Recover --environment staging"),
    ]);

    [Fact]
    public void The_workflow_reads_as_it_did() => Snapshot.Match(Text);

    [Fact]
    public void The_workflow_is_YAML_whose_jobs_need_each_other_in_order()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Text));
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        var jobs = (YamlMappingNode)root["jobs"];
        jobs.Children.Keys.Select(k => k.ToString()).ShouldBe(["setup", "deploy"]);
        jobs["deploy"]["needs"].ToString().ShouldBe("setup");
    }

    [Fact]
    public void Only_a_job_that_says_so_has_a_step_for_its_failure()
    {
        Text.Split("if: failure() || cancelled()").Length.ShouldBe(2);
        Text.ShouldContain("run: ./build.sh Recover --environment staging");
    }
}
