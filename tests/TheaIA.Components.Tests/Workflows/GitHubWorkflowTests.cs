using YamlDotNet.RepresentationModel;

namespace TheaIA.Components.Tests.Workflows;

public sealed class GitHubWorkflowTests
{
    private static readonly string Text = GitHubWorkflow.Write([
        new("setup", "Restore Compile", 15),
        new("docker", "Release", 30)
        {
            Components = ["cosign", "gitleaks"],
            Variables =
            [
                ("REGISTRY", "vars.REGISTRY"),
                ("COSIGN_PASSWORD", "secrets.COSIGN_PASSWORD"),
            ],
            WholeHistory = true,
            SignsAsItself = true,
        },
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
        jobs.Children.Keys.Select(k => k.ToString()).ShouldBe(["setup", "docker", "deploy"]);
        jobs["deploy"]["needs"].ToString().ShouldBe("docker");
    }

    [Fact]
    public void A_job_that_signs_has_an_identity_its_components_and_every_commit()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Text));
        var job = (YamlMappingNode)((YamlMappingNode)yaml.Documents[0].RootNode)["jobs"]["docker"];
        job["permissions"]["id-token"].ToString().ShouldBe("write");
        job["env"]["REGISTRY"].ToString().ShouldBe("${{ vars.REGISTRY }}");
        job["steps"][0]["with"]["fetch-depth"].ToString().ShouldBe("0");
        job["steps"][1]["run"].ToString().ShouldBe("sudo eng/components.sh cosign gitleaks");
        job["steps"][2]["run"].ToString().ShouldBe("./build.sh Release");
    }

    [Fact]
    public void Only_a_job_that_says_so_has_a_step_for_its_failure()
    {
        Text.Split("if: failure() || cancelled()").Length.ShouldBe(2);
        Text.ShouldContain("run: ./build.sh Recover --environment staging");
    }
}
