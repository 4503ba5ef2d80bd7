using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.IO;

public sealed class GlobTests : IDisposable
{
    private static readonly TemporaryFolder Forest = Grow();
    private static readonly (AbsolutePath Path, string Relative, bool IsFile)[] Tree =
    [
        .. Directory
            .EnumerateFileSystemEntries(Forest.Path.ToString(), "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(AbsolutePath.Create)
            .Select(p => (p, Forest.Path.GetRelativePathTo(p), p.FileExists())),
    ];

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

    [Property(MaxTest = 500)]
    public Property It_matches_what_a_slow_obvious_matcher_matches() =>
        Prop.ForAll(
            Arbitraries.Paths.ToArbitrary(),
            Arbitraries.Patterns.NonEmptyListOf().ToArbitrary(),
            (path, patterns) =>
                Glob.Parse([.. patterns])
                    .IsMatch(path)
                    .ShouldBe(SlowMatcher.IsMatch([.. patterns], path))
        );

    [Property(MaxTest = 200)]
    public Property It_finds_what_a_slow_obvious_matcher_finds() =>
        Prop.ForAll(
            Arbitraries.Patterns.NonEmptyListOf().ToArbitrary(),
            patterns =>
            {
                var found = Tree.Where(p => SlowMatcher.IsMatch([.. patterns], p.Relative))
                    .ToLookup(p => p.IsFile, p => p.Path);

                Forest.Path.GlobFiles([.. patterns]).ShouldBe(found[true]);
                Forest.Path.GlobDirectories([.. patterns]).ShouldBe(found[false]);
            }
        );

    private IEnumerable<string> Relative(IEnumerable<AbsolutePath> paths) =>
        paths.Select(_folder.Path.GetRelativePathTo);

    /// <summary>Each folder holds the same names, some of them files, three deep.</summary>
    private static TemporaryFolder Grow()
    {
        var folder = new TemporaryFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        foreach (var one in new[] { "a", "b", "ab", "obj" })
        {
            foreach (var two in new[] { "a", "b.x", "obj" })
            {
                folder.Write($"{one}/{two}/a.x", "");
                folder.Write($"{one}/{two}/b", "");
            }

            folder.Write($"{one}/a.x", "");
        }

        folder.Write("a.x", "");
        return folder;
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
