using TheaIA.Abstractions;
using TheaIA.Delivery.Docker.Contexts;

namespace TheaIA.Delivery.Docker.Tests;

/// <summary>The rules of Docker's build context reference, one by one.</summary>
public sealed class An_ignored_file_is_not_sent
{
    [Theory]
    [InlineData("a.txt", "a.txt", true)]
    [InlineData("a.txt", "b/a.txt", false)]
    [InlineData("a.txt", "a.txt.bak", false)]
    [InlineData("/a.txt", "a.txt", true)]
    [InlineData("./b//a.txt", "b/a.txt", true)]
    [InlineData("b/../a.txt", "a.txt", true)]
    [InlineData("b/", "b", true)]
    [InlineData("b", "b/deep/a.txt", true)]
    [InlineData("*.txt", "a.txt", true)]
    [InlineData("*.txt", "b/a.txt", false)]
    [InlineData("*/temp*", "some/temporary.txt", true)]
    [InlineData("*/temp*", "some/temp/x", true)]
    [InlineData("*/temp*", "some/deep/temporary.txt", false)]
    [InlineData("*/*/temp*", "some/deep/temporary.txt", true)]
    [InlineData("temp?", "tempa", true)]
    [InlineData("temp?", "temp", false)]
    [InlineData("temp?", "temp/", false)]
    [InlineData("**/*.go", "a.go", true)]
    [InlineData("**/*.go", "b/c/a.go", true)]
    [InlineData("**/bin", "bin", true)]
    [InlineData("**/bin", "src/x/bin/x.dll", true)]
    [InlineData("**/bin", "src/robin/x.dll", false)]
    [InlineData("a/**", "a/b", true)]
    [InlineData("a/**", "a", false)]
    [InlineData("a/**/z", "a/z", true)]
    [InlineData("a/**/z", "a/b/c/z", true)]
    [InlineData("**", ".git/config", true)]
    [InlineData("a.[ch]", "a.c", true)]
    [InlineData("a.[ch]", "a.d", false)]
    [InlineData("a.[^ch]", "a.d", true)]
    [InlineData("a.[a-c]", "a.b", true)]
    [InlineData("a.[a-c]", "a.-", false)]
    [InlineData("a[]b]", "a]", true)]
    [InlineData(@"a.[\]]", "a.]", true)]
    [InlineData(@"a\*", "a*", true)]
    [InlineData(@"a\*", "ab", false)]
    [InlineData(@"a\", @"a\", true)]
    [InlineData("a.b(c)+$", "a.b(c)+$", true)]
    [InlineData("  a.txt\t", "a.txt", true)]
    [InlineData("# a.txt", "# a.txt", false)]
    [InlineData(" # a.txt", "# a.txt", true)]
    [InlineData("", "a.txt", false)]
    [InlineData(".", "a.txt", false)]
    public void A_pattern(string pattern, string path, bool ignored) =>
        Parse(pattern).Ignores(path).ShouldBe(ignored);

    [Theory]
    [InlineData("README.md", false)]
    [InlineData("README-secret.md", true)]
    [InlineData("other.md", true)]
    [InlineData("x.txt", false)]
    public void The_last_pattern_that_matches_decides(string path, bool ignored) =>
        Parse("*.md", "!README*.md", "README-secret.md").Ignores(path).ShouldBe(ignored);

    [Theory]
    [InlineData("README-secret.md", false)]
    [InlineData("other.md", true)]
    public void And_so_their_order_counts(string path, bool ignored) =>
        Parse("*.md", "README-secret.md", "! README*.md").Ignores(path).ShouldBe(ignored);

    [Theory]
    [InlineData("src/Api/Program.cs", false)]
    [InlineData("src/Api/bin/x.dll", true)]
    [InlineData("src/Other/Program.cs", true)]
    [InlineData("key.pem", true)]
    public void All_but_a_folder(string path, bool ignored) =>
        Parse("*", "!src/Api", "**/bin").Ignores(path).ShouldBe(ignored);

    [Fact]
    public void A_rule_that_takes_back_is_seen()
    {
        Parse("a", "!b").TakesBack.ShouldBeTrue();
        Parse("a", "#!b").TakesBack.ShouldBeFalse();
    }

    [Theory]
    [InlineData("!")]
    [InlineData("a[")]
    [InlineData("a[]")]
    public void What_is_no_pattern_is_named_with_its_line(string line)
    {
        var error = Should.Throw<OutcomeException>(() => Parse("fine", "", line));

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe($"Line 3 of .dockerignore is no pattern: {line}");
    }

    [Fact]
    public void A_file_beside_the_Dockerfile_comes_before_that_of_the_context()
    {
        var folder = Directory.CreateTempSubdirectory("theaia-ignore-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "api"));
            DockerIgnore.Of(folder, "api/Dockerfile").Ignores("a").ShouldBeFalse();

            File.WriteAllText(Path.Combine(folder, ".dockerignore"), "\uFEFFa\r\nb");
            DockerIgnore.Of(folder, "api/Dockerfile").Ignores("a").ShouldBeTrue();

            File.WriteAllText(Path.Combine(folder, "api/Dockerfile.dockerignore"), "c");
            DockerIgnore.Of(folder, "api/Dockerfile").Ignores("a").ShouldBeFalse();
            DockerIgnore.Of(folder, "api/Dockerfile").Ignores("c").ShouldBeTrue();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static DockerIgnore Parse(params string[] lines) =>
        DockerIgnore.Parse(".dockerignore", lines);
}
