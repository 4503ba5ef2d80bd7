using System.Text;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.IO;

public sealed class FilesAndFoldersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private AbsolutePath Path => _folder.Path;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_knows_what_is_there()
    {
        var file = _folder.Write("a/b.txt", "");
        var none = Path / "none";

        (file.Exists(), file.FileExists(), file.DirectoryExists()).ShouldBe((true, true, false));
        (Path.Exists(), Path.FileExists(), Path.DirectoryExists()).ShouldBe((true, false, true));
        none.Exists().ShouldBeFalse();
        (file.ExistingFile(), none.ExistingFile()).ShouldBe((file, null));
        (Path.ExistingDirectory(), none.ExistingDirectory()).ShouldBe((Path, null));
    }

    [Fact]
    public void A_written_text_ends_with_one_line_end_unless_it_is_told_not_to()
    {
        var file = Path / "new" / "x.txt";

        file.WriteAllText("a\nb\n\n").ShouldBe(file);
        file.ReadAllText().ShouldBe("a\nb\n");
        file.WriteAllText("a\r\nb").ReadAllText().ShouldBe("a\r\nb\r\n");
        file.WriteAllText("a", eofLineBreak: false).ReadAllBytes().ShouldBe("a"u8.ToArray());
        file.WriteAllText("é", Encoding.Latin1).ReadAllBytes().ShouldBe([0xE9, 10]);
        file.ReadAllText(Encoding.Latin1).ShouldBe("é\n");
    }

    [Fact]
    public void Lines_and_bytes_come_back_as_they_were_written()
    {
        var file = Path / "new" / "x.txt";

        file.WriteAllLines(["a", "", "é"]).ReadAllLines().ShouldBe(["a", "", "é"]);
        file.ReadAllText().ShouldBe("a\n\né\n");
        (Path / "other" / "y").WriteAllBytes([1, 0, 255]).ReadAllBytes().ShouldBe([1, 0, 255]);
    }

    [Fact]
    public void A_folder_is_made_with_those_above_it_and_deleted_with_all_in_it()
    {
        var folder = (Path / "a" / "b").CreateDirectory();
        _folder.Write("a/b/c/d.txt", "x");

        folder.DirectoryExists().ShouldBeTrue();
        (Path / "a").DeleteDirectory();
        (Path / "a").DeleteDirectory();
        (Path / "a").Exists().ShouldBeFalse();
    }

    [Fact]
    public void CreateOrCleanDirectory_makes_it_or_empties_it()
    {
        var folder = Path / "out";

        folder.CreateOrCleanDirectory().DirectoryExists().ShouldBeTrue();
        _folder.Write("out/a/b.txt", "x");
        _folder.Write("out/c.txt", "x");
        folder.CreateOrCleanDirectory().ShouldBe(folder);
        Directory.EnumerateFileSystemEntries(folder.ToString()).ShouldBeEmpty();
    }

    [Fact]
    public void Deleting_a_link_leaves_what_it_points_to()
    {
        var kept = _folder.Write("kept/a.txt", "x");
        Directory.CreateSymbolicLink((Path / "out").ToString(), (Path / "kept").ToString());
        Directory.CreateSymbolicLink((Path / "kept" / "loop").ToString(), Path.ToString());

        (Path / "out").DeleteDirectory();
        (Path / "kept" / "loop").DeleteDirectory();

        (Path / "out").Exists().ShouldBeFalse();
        kept.FileExists().ShouldBeTrue();
    }

    [Fact]
    public void A_file_is_deleted_once()
    {
        var file = _folder.Write("a.txt", "x");

        file.DeleteFile();
        file.DeleteFile();

        file.Exists().ShouldBeFalse();
    }

    [Fact]
    public void Assert_tells_which_file_or_folder_is_missing()
    {
        var none = Path / "none";

        Should
            .Throw<OutcomeException>(() => Assert.FileExists(none))
            .Message.ShouldBe($"There is no file '{none}' (none).");
        Should
            .Throw<OutcomeException>(() => Assert.DirectoryExists(none))
            .Message.ShouldBe($"There is no folder '{none}' (none).");
        Assert.DirectoryExists(Path);
        Assert.FileExists(_folder.Write("a", ""));
    }
}
