using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.IO;

public sealed class GlobTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("*.sln", "x.sln", true)]
    [InlineData("*.sln", "a/x.sln", false)]
    [InlineData("**/*.cs", "x.cs", true)]
    [InlineData("**/*.cs", "a/b/x.cs", true)]
    [InlineData("**/*.cs", "a/b/x.csx", false)]
    [InlineData("a/**/b/*.cs", "a/b/x.cs", true)]
    [InlineData("a/**/b/*.cs", "a/b/b/c/b/x.cs", true)]
    [InlineData("a/**", "a/b/c", true)]
    [InlineData("a/**", "a", false)]
    [InlineData("**", "a/.hidden", true)]
    [InlineData("?.cs", "x.cs", true)]
    [InlineData("?.cs", ".cs", false)]
    [InlineData("*", "a", true)]
    [InlineData("a*b*c", "a--b-b-c", true)]
    [InlineData("a*b*c", "a--b-b-", false)]
    [InlineData("x**y", "x--y", true)]
    [InlineData("X.cs", "x.cs", false)]
    [InlineData("./a//b", "a/b", true)]
    [InlineData("{src,tests}/**/*.{cs,md}", "tests/x/y.md", true)]
    [InlineData("{src,tests}/**/*.{cs,md}", "docs/y.md", false)]
    [InlineData("{a,b{c,d}}.x", "bd.x", true)]
    [InlineData("{a,b{c,d}}.x", "b.x", false)]
    [InlineData("{a", "{a", true)]
    [InlineData("a{,b}", "a", true)]
    public void A_pattern_matches_or_not(string pattern, string path, bool matches) =>
        Glob.Parse(pattern).IsMatch(path).ShouldBe(matches);

    [Fact]
    public void An_exclusion_holds_wherever_it_stands()
    {
        Glob.Parse("!**/obj/**", "**").IsMatch("a/obj/x").ShouldBeFalse();
        Glob.Parse("**", "!**/obj/**").IsMatch("a/obj/x").ShouldBeFalse();
        Glob.Parse("!**/obj/**").IsMatch("a/x").ShouldBeTrue();
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("/x")]
    [InlineData("!../x")]
    [InlineData("")]
    public void A_pattern_that_leaves_its_folder_is_an_error(string pattern) =>
        Should
            .Throw<OutcomeException>(() => _folder.Path.GlobFiles(pattern))
            .Message.ShouldBe(
                $"The pattern '{pattern.TrimStart('!')}' does not stay below its folder: start at another folder."
            );

    [Fact]
    public void Files_and_folders_come_in_ordinal_order()
    {
        string[] files = ["b/x", "a/x", "B", "a.x", "a/é", "a-b/c"];
        Array.ForEach(files, f => _folder.Write(f, ""));

        Relative(_folder.Path.GlobFiles("**")).ShouldBe(["B", "a-b/c", "a.x", "a/x", "a/é", "b/x"]);
        Relative(_folder.Path.GlobDirectories("*")).ShouldBe(["a", "a-b", "b"]);
    }

    [Fact]
    public void A_folder_that_is_not_there_holds_nothing() =>
        (_folder.Path / "none").GlobFiles("**").ShouldBeEmpty();

    [Fact]
    public void A_link_to_a_folder_is_found_but_not_followed()
    {
        _folder.Write("a/x", "");
        Directory.CreateSymbolicLink(
            (_folder.Path / "a" / "loop").ToString(),
            _folder.Path.ToString()
        );

        Relative(_folder.Path.GlobFiles("**/x")).ShouldBe(["a/x"]);
        Relative(_folder.Path.GlobDirectories("**/loop")).ShouldBe(["a/loop"]);
    }

    [Property(MaxTest = 300)]
    public Property It_finds_what_a_slow_obvious_matcher_finds() =>
        Prop.ForAll(
            Arbitraries.Paths.ArrayOf().ToArbitrary(),
            Arbitraries.Patterns.NonEmptyListOf().ToArbitrary(),
            (paths, patterns) =>
            {
                using var folder = new TemporaryFolder();
                foreach (var path in paths)
                {
                    // what is a file already is no folder
                    if (
                        !Parents(path).Any(p => (folder.Path / p).FileExists())
                        && !(folder.Path / path).Exists()
                    )
                    {
                        folder.Write(path, "");
                    }
                }

                var all = Directory
                    .EnumerateFileSystemEntries(
                        folder.Path.ToString(),
                        "*",
                        SearchOption.AllDirectories
                    )
                    .Select(AbsolutePath.Create)
                    .Where(p =>
                        SlowMatcher.IsMatch([.. patterns], folder.Path.GetRelativePathTo(p))
                    )
                    .OrderBy(p => p.ToString(), StringComparer.Ordinal)
                    .ToLookup(p => p.FileExists());

                folder.Path.GlobFiles([.. patterns]).ShouldBe(all[true]);
                folder.Path.GlobDirectories([.. patterns]).ShouldBe(all[false]);
            }
        );

    private IEnumerable<string> Relative(IEnumerable<AbsolutePath> paths) =>
        paths.Select(_folder.Path.GetRelativePathTo);

    private static IEnumerable<string> Parents(string path)
    {
        for (var i = path.IndexOf('/', 0); i > 0; i = path.IndexOf('/', i + 1))
        {
            yield return path[..i];
        }
    }

    /// <summary>Few names, so that paths and patterns meet.</summary>
    private static class Arbitraries
    {
        private static readonly Gen<string> Name = Gen.Elements(
            "a",
            "b",
            "ab",
            "a.x",
            "b.x",
            "obj"
        );

        public static Gen<string> Paths { get; } =
            Gen.Choose(1, 4)
                .SelectMany(n => Name.ArrayOf(n))
                .Select(parts => string.Join('/', parts));

        public static Gen<string> Patterns { get; } =
            from count in Gen.Choose(1, 4)
            from parts in Gen.OneOf(
                    Name,
                    Gen.Elements("*", "**", "a*", "*.x", "?", "?b", "{a,obj}", "*{a,b}*")
                )
                .ArrayOf(count)
            from sign in Gen.Frequency((3, Gen.Constant("")), (1, Gen.Constant("!")))
            select sign + string.Join('/', parts);
    }
}
