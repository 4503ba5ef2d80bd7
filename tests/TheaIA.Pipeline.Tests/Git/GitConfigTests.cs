namespace TheaIA.Pipeline.Tests.Git;

/// <summary>The config file is read as git reads it.</summary>
public sealed class GitConfigTests
{
    [Theory]
    [InlineData("plain", "a value")]
    [InlineData("spaces", "a  b")]
    [InlineData("quoted", "  a # b ; c  ")]
    [InlineData("escaped", "a\\b\"c\td\n\be")]
    [InlineData("long", "one two")]
    [InlineData("partly", "a b c")]
    [InlineData("empty", "")]
    [InlineData("beside", "x")]
    [InlineData("several", "first")]
    public void A_value_is_what_git_says(string name, string expected)
    {
        const string Text = """
            # a comment
            ; another
            [Section "Sub \"a\" \\ ]"] beside = x
              plain = a value   # a comment
              SPACES=a  b   ; a comment
              quoted = "  a # b ; c  "
              escaped = "a\\b\"c\td\n\be"
              long = one \
            two
              partly = a" b "c
              empty =
              several = first
              several = second
            [other]
              plain = elsewhere
            """;
        using var git = new RealGit();
        File.AppendAllText(git.Path / ".git/config", Text);
        const string Sub = "Sub \"a\" \\ ]";
        GitConfig
            .Parse(File.ReadAllText(git.Path / ".git/config"))
            .Get("section", Sub, name)
            .ShouldBe(expected);
        // git itself, which trims nothing but the line's end here
        git.Run("config", "-z", "--get-all", $"section.{Sub}.{name}")
            .Split('\0')[0]
            .Trim()
            .ShouldBe(expected.Trim());
    }

    [Fact]
    public void What_is_cut_off_is_read_up_to_there()
    {
        GitConfig.Parse("[a \"b\\").Get("a", "b", "c").ShouldBeNull();
        GitConfig.Parse("[a]\nc").Get("a", "", "c").ShouldBe("");
        GitConfig.Parse("[a]\nc = d\\").Get("a", "", "c").ShouldBe("d");
        GitConfig.Parse("").Get("a", "", "c").ShouldBeNull();
    }
}
