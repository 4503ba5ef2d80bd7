using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.IO;

public sealed class CopyAndMoveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private AbsolutePath Path => _folder.Path;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_copied_into_a_folder_that_is_made()
    {
        var file = _folder.Write("a.txt", "a");

        file.CopyToDirectory(Path / "new").ShouldBe(Path / "new" / "a.txt");

        (Path / "new" / "a.txt").ReadAllText().ShouldBe("a");
        file.FileExists().ShouldBeTrue();
    }

    [Fact]
    public void A_folder_is_copied_without_what_is_excluded()
    {
        _folder.Write("a/1.txt", "1");
        _folder.Write("a/b/2.txt", "2");
        _folder.Write("a/obj/3.txt", "3");
        _folder.Write("a/4.log", "4");

        (Path / "a")
            .Copy(
                Path / "c",
                excludeDirectory: d => d.Name == "obj",
                excludeFile: f => f.Extension == ".log"
            )
            .ShouldBe(Path / "c");

        (Path / "c").GlobFiles("**").ShouldBe([Path / "c" / "1.txt", Path / "c" / "b" / "2.txt"]);
    }

    [Fact]
    public void A_file_that_is_there_is_an_error_by_default()
    {
        var (from, to) = (_folder.Write("a", "new"), _folder.Write("b", "old"));

        var error = Should.Throw<OutcomeException>(() => from.Copy(to));

        error.Message.ShouldBe(
            $"The file '{to}' is there already: delete it, or pass ExistsPolicy.FileOverwrite."
        );
        to.ReadAllText().ShouldBe("old");
    }

    [Fact]
    public void A_folder_that_is_there_is_an_error_by_default()
    {
        (Path / "a").CreateDirectory();
        var to = (Path / "b").CreateDirectory();

        Should
            .Throw<OutcomeException>(() => (Path / "a").Move(to))
            .Message.ShouldBe(
                $"The folder '{to}' is there already: delete it, or pass ExistsPolicy.MergeAndOverwrite."
            );
    }

    [Theory]
    [InlineData(ExistsPolicy.MergeAndSkip, "old")]
    [InlineData(ExistsPolicy.MergeAndOverwrite, "new")]
    [InlineData(ExistsPolicy.MergeAndOverwriteIfNewer, "new")]
    public void A_policy_says_what_becomes_of_a_file_that_is_there(ExistsPolicy policy, string left)
    {
        var from = _folder.Write("a/x", "new");
        var to = _folder.Write("b/x", "old");
        File.SetLastWriteTimeUtc(
            to.ToString(),
            File.GetLastWriteTimeUtc(from.ToString()).AddHours(-1)
        );
        _folder.Write("b/y", "y");

        (Path / "a").Copy(Path / "b", policy);

        to.ReadAllText().ShouldBe(left);
        (Path / "b" / "y").ReadAllText().ShouldBe("y");
    }

    [Fact]
    public void A_newer_file_is_not_overwritten_by_an_older_one()
    {
        var (from, to) = (_folder.Write("a", "old"), _folder.Write("b", "new"));
        File.SetLastWriteTimeUtc(
            from.ToString(),
            File.GetLastWriteTimeUtc(to.ToString()).AddHours(-1)
        );

        from.Move(to, ExistsPolicy.FileOverwriteIfNewer).ShouldBe(from);

        (from.ReadAllText(), to.ReadAllText()).ShouldBe(("old", "new"));
    }

    [Fact]
    public void A_policy_without_one_choice_for_files_is_an_error()
    {
        var (from, to) = (_folder.Write("a", "new"), _folder.Write("b", "old"));

        var error = Should.Throw<OutcomeException>(() =>
            from.Copy(to, ExistsPolicy.DirectoryMerge)
        );

        error.Message.ShouldBe(
            "ExistsPolicy 'DirectoryMerge' does not say what to do about files: name one choice for them."
        );
        error.Outcome.ShouldBe(Outcome.Wrong);
    }

    [Fact]
    public void A_moved_folder_is_gone_but_for_what_was_skipped()
    {
        _folder.Write("a/x/1", "new");
        _folder.Write("a/y/2", "2");
        _folder.Write("b/x/1", "old");

        (Path / "a").Move(Path / "b", ExistsPolicy.MergeAndSkip);

        (Path / "a").GlobFiles("**").ShouldBe([Path / "a" / "x" / "1"]);
        (Path / "a" / "y").Exists().ShouldBeFalse();
        (Path / "b" / "x" / "1").ReadAllText().ShouldBe("old");
        (Path / "b" / "y" / "2").ReadAllText().ShouldBe("2");
    }

    [Fact]
    public void A_file_is_moved_and_renamed()
    {
        var file = _folder.Write("a.txt", "a");

        var moved = file.MoveToDirectory(Path / "new");
        var renamed = moved.Rename("b.txt");

        renamed.ShouldBe(Path / "new" / "b.txt");
        (file.Exists(), moved.Exists(), renamed.ReadAllText()).ShouldBe((false, false, "a"));
    }

    [Fact]
    public void Nothing_to_copy_is_an_error() =>
        Should
            .Throw<OutcomeException>(() => (Path / "none").Copy(Path / "b"))
            .Message.ShouldBe($"There is no file or folder '{Path / "none"}' to copy or move.");

    [Fact]
    public void A_folder_does_not_go_into_itself()
    {
        var from = (Path / "a").CreateDirectory();

        Should
            .Throw<OutcomeException>(() => from.Copy(from / "b"))
            .Message.ShouldBe(
                $"The folder '{from}' cannot be copied or moved into itself, to '{from / "b"}'."
            );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_link_to_a_folder_stays_a_link_and_what_is_behind_it_stays(bool move)
    {
        var kept = _folder.Write("kept/x", "x");
        (Path / "kept" / "empty").CreateDirectory();
        (Path / "a").CreateDirectory();
        Directory.CreateSymbolicLink((Path / "a" / "link").ToString(), (Path / "kept").ToString());
        Directory.CreateSymbolicLink((Path / "a" / "broken").ToString(), "nowhere");
        _folder.Write("b/link", "in its way");

        _ = move
            ? (Path / "a").Move(Path / "b", ExistsPolicy.MergeAndOverwrite)
            : (Path / "a").Copy(Path / "b", ExistsPolicy.MergeAndOverwrite);

        new DirectoryInfo((Path / "b" / "link").ToString()).LinkTarget.ShouldBe(
            (Path / "kept").ToString()
        );
        new FileInfo((Path / "b" / "broken").ToString()).LinkTarget.ShouldBe("nowhere");
        (Path / "a").Exists().ShouldBe(!move);
        kept.ReadAllText().ShouldBe("x");
        (Path / "kept" / "empty").DirectoryExists().ShouldBeTrue();
    }

    [Fact]
    public void A_link_that_a_policy_leaves_behind_is_not_walked_through()
    {
        (Path / "kept" / "empty").CreateDirectory();
        (Path / "a").CreateDirectory();
        Directory.CreateSymbolicLink((Path / "a" / "link").ToString(), (Path / "kept").ToString());
        _folder.Write("b/link", "stays");

        (Path / "a").Move(Path / "b", ExistsPolicy.MergeAndSkip);

        (Path / "kept" / "empty").DirectoryExists().ShouldBeTrue();
        (Path / "b" / "link").ReadAllText().ShouldBe("stays");
    }
}
