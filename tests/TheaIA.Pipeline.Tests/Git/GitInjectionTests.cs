namespace TheaIA.Pipeline.Tests.Git;

/// <summary>When [GitRepository] is set, and what happens where it cannot be.</summary>
public sealed class GitInjectionTests
{
    [Fact]
    public async Task Without_a_repository_the_run_is_refused_before_anything_runs()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Known>("Shows");
        answer.Code.ShouldBe(2);
        answer.Ran.ShouldBe("");
        answer
            .Output.ReplaceLineEndings(" ")
            .ShouldBe(
                "Known.Repository is the git repository of ROOT, and there is none in it or above: clone it with git, or take [GitRepository] away. "
            );
        (await checkout.RunAsync<Known>("--plan Shows")).Code.ShouldBe(2);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--list")]
    public async Task A_question_about_the_program_needs_none(string commandLine)
    {
        using var checkout = new Checkout();
        (await checkout.RunAsync<Known>(commandLine)).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_way_back_goes_on_without_one()
    {
        using var checkout = new Checkout();
        (await checkout.RunAsync<Known>("Back")).Ran.ShouldBe("back, nothing known");
        checkout.Write(".git/HEAD", "broken");
        (await checkout.RunAsync<Known>("Back")).Ran.ShouldBe("back, nothing known");
        (await checkout.RunAsync<Known>("Back Shows")).Code.ShouldBe(2);
    }

    [Fact]
    public async Task A_build_that_does_not_ask_needs_none()
    {
        using var checkout = new Checkout();
        checkout.Write(".git/HEAD", "broken");
        (await checkout.RunAsync<Unmarked>("Shows")).Ran.ShouldBe("nothing known");
    }

    [Fact]
    public async Task What_cannot_be_set_is_refused()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Fixed>("Shows");
        answer.Code.ShouldBe(2);
        answer
            .Output.ReplaceLineEndings(" ")
            .ShouldBe(
                "Fixed.Repository is static and read-only, so that it cannot be set: take one of the two away. "
            );
    }

    [Fact]
    public async Task All_members_have_the_same_one()
    {
        using var git = new RealGit();
        using var checkout = new Checkout();
        // the checkout's root is a folder of the repository
        var below = git.Path / "below";
        Directory.Move(checkout.Root, below);
        Directory.CreateDirectory(checkout.Root);
        var answer = await checkout.RunAsync<Several>($"Same --root {below}");
        answer.Ran.ShouldBe($"{git.Path} True True");
    }

    public class Known : TestBuild
    {
        [GitRepository]
        public readonly GitRepository Repository = null!;

        Target Shows => _ => _.Executes(() => Ran(Repository.Branch!));
        Target Back =>
            _ =>
                _.WayBack()
                    .Executes(() =>
                        Ran($"back, {(Repository is null ? "nothing known" : "known")}")
                    );
    }

    public class Several : Known
    {
        [GitRepository]
        GitRepository Settable { get; set; } = null!;

        [GitRepository]
        static GitRepository Shared { get; set; } = null!;

        Target Same =>
            _ =>
                _.Executes(() =>
                    Ran(
                        $"{Repository.LocalDirectory} {Settable == Repository} {Shared == Repository}"
                    )
                );
    }

    public class Unmarked : TestBuild
    {
        public GitRepository? Repository;
        public GitRepository? Held { get; }

        Target Shows => _ => _.Executes(() => Ran((Repository ?? Held)?.Branch ?? "nothing known"));
    }

    public class Fixed : TestBuild
    {
        [GitRepository]
        static readonly GitRepository Repository = null!;

        Target Shows => _ => _.Executes(() => Ran(Repository.Branch!));
    }
}
