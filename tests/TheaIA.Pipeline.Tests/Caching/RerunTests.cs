namespace TheaIA.Pipeline.Tests.Caching;

/// <summary><c>--rerun</c>: what is up to date runs all the same.</summary>
public sealed class RerunTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public RerunTests()
    {
        _checkout.Environment["NUKE_PROGRAM"] = "one";
        _checkout.Write("in/a", "1");
    }

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public async Task Alone_it_means_the_whole_plan_and_says_why()
    {
        await RunAsync("Use");
        (await RunAsync("Use")).Ran.ShouldBe("");
        var again = await RunAsync("Use --rerun");
        again.Ran.ShouldBe("Make used");
        again.Output.ShouldContain("made of 1; asked for by --rerun\n");
        again.Output.ShouldContain("Use            0.0 s   asked for by --rerun\n");
    }

    [Theory]
    [InlineData("Use --rerun make", "Make")]
    [InlineData("Use --rerun Use", "used")]
    [InlineData("Use --rerun Use+Make", "Make used")]
    [InlineData("Use --rerun Make --rerun use", "Make used")]
    public async Task With_names_it_means_those(string commandLine, string ran)
    {
        await RunAsync("Use");
        (await RunAsync(commandLine)).Ran.ShouldBe(ran);
    }

    [Fact]
    public async Task What_ran_again_is_up_to_date_after_it()
    {
        await RunAsync("Use --rerun");
        (await RunAsync("Use")).Ran.ShouldBe("");
    }

    [Theory]
    [InlineData(
        "Use --rerun Mkae",
        "There is no target 'Mkae'. Did you mean Make?   ./build.sh --help lists all.\n"
    )]
    [InlineData(
        "Use --rerun Checked",
        "--rerun names Checked, which is not in this plan: ./build.sh Checked --rerun Checked\n"
    )]
    public async Task A_name_that_is_none_or_not_in_the_plan_is_refused(
        string commandLine,
        string sentence
    )
    {
        var refused = await RunAsync(commandLine);
        (refused.Code, refused.Ran, refused.Output).ShouldBe((2, "", sentence));
    }

    [Fact]
    public async Task The_first_run_of_all_may_be_one_and_has_nothing_to_forget()
    {
        var first = await RunAsync("Moody --rerun --cache kept");
        first.Code.ShouldBe(0);
        first.Output.ShouldNotContain("forg");
    }

    [Fact]
    public async Task One_that_failed_is_not_answered_for_by_its_older_success()
    {
        foreach (var cache in (string[])["", " --cache kept"])
        {
            (await RunAsync("Moody" + cache)).Code.ShouldBe(0);
            _checkout.Write("moods/bad", "");
            (await RunAsync("Moody --rerun" + cache)).Code.ShouldBe(1);
            (await RunAsync("Moody" + cache)).Code.ShouldBe(1);
            File.Delete(Path.Combine(_checkout.Root, "moods/bad"));
            (await RunAsync("Moody" + cache)).Ran.ShouldBe("Moody");
            (await RunAsync("Moody" + cache)).Ran.ShouldBe("");
        }
    }

    private Task<Answer> RunAsync(string commandLine) =>
        _checkout.RunAsync<CacheBuild>($"{commandLine} --sequential");
}
