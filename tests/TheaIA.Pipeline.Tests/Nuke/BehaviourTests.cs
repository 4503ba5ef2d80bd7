namespace TheaIA.Pipeline.Tests.Nuke;

/// <summary>The table of docs/nuke.md: what NUKE documents, row by row, and that the page says the same.</summary>
public sealed class BehaviourTests
{
    private static readonly Behaviour[] All =
    [
        .. OrderRows.All,
        .. SkipRows.All,
        .. ConditionRows.All,
        .. FailureRows.All,
        .. InheritRows.All,
        .. ComponentRows.All,
        .. ParameterRows.All,
        .. RequirementRows.All,
        .. PartitionRows.All,
        .. GitRows.All,
        .. EventRows.All,
    ];

    public static TheoryData<string> Sentences => new(All.Select(b => b.Sentence));

    [Theory]
    [MemberData(nameof(Sentences))]
    public async Task It_is_as_documented(string sentence)
    {
        var row = All.Single(b => b.Sentence == sentence);
        using var checkout = new Checkout();
        var answer = await row.RunAsync(checkout);
        answer.Code.ShouldBe(row.Code, answer.Output);
        answer.Ran.ShouldBe(row.Ran, answer.Output);
        var otherwise = answer.Trace.Bag.GetValueOrDefault("otherwise") ?? "";
        otherwise.ShouldBe(row.Otherwise, answer.Output);
        answer.Output.ShouldContain(row.Says);
    }

    [Fact]
    public void The_page_shows_these_rows_and_no_others()
    {
        var page = Path.Combine(Root(), "docs", "nuke.md");
        var expected = NukePage.Of(All);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(page, expected);
        }

        File.ReadAllText(page)
            .ShouldBe(expected, "UPDATE_DOCS=1 before the tests writes docs/nuke.md anew.");
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "TheaIA.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
