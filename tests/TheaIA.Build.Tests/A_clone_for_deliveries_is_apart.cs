using TheaIA.Build.Tests.Given;

namespace TheaIA.Build.Tests;

public sealed class A_clone_for_deliveries_is_apart
{
    [Fact]
    public async Task It_is_HEAD_clean_and_has_state_of_its_own()
    {
        await using var clone = await Clone.OfHeadAsync();

        (await clone.GitAsync("status", "--porcelain")).Output.ShouldBeEmpty();
        (await clone.GitAsync("rev-parse", "HEAD")).Output.ShouldBe(
            (
                await Running.ToEndAsync(
                    Scratch.RepositoryRoot,
                    clone.Variables,
                    "git",
                    "--no-optional-locks",
                    "rev-parse",
                    "HEAD"
                )
            ).Output
        );
        clone.State.ShouldStartWith(Path.GetTempPath());
        clone.Variables["THEAIA_STATE"].ShouldBe(clone.State);
    }

    [Fact]
    public async Task A_change_in_it_is_committed_there()
    {
        await using var clone = await Clone.OfHeadAsync();

        await clone.CommitAsync("global.json", text => text + "\n");

        (await clone.GitAsync("log", "-1", "--format=%s")).Output.ShouldBe("change global.json\n");
        (await clone.GitAsync("status", "--porcelain")).Output.ShouldBeEmpty();
    }
}
