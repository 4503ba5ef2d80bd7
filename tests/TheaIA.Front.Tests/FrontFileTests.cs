namespace TheaIA.Front.Tests;

public sealed class FrontFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read()
    {
        var current = new Current(41231, "sha256:4be1f0aa9c02", 7);

        FrontFile.Write(_folder.Current, current);

        FrontFile.Read(_folder.Current).ShouldBe(current);
        File.ReadAllText(_folder.Current)
            .ShouldBe("{\"port\":41231,\"digest\":\"sha256:4be1f0aa9c02\",\"generation\":7}\n");
    }

    [Fact]
    public void Writing_again_replaces_it_and_leaves_nothing_aside()
    {
        FrontFile.Write(_folder.Current, new Current(1, "sha256:a", 1));
        FrontFile.Write(_folder.Current, new Current(2, "sha256:b", 2));

        FrontFile.Read(_folder.Current).ShouldBe(new Current(2, "sha256:b", 2));
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([_folder.Current]);
    }

    [Fact]
    public void What_a_killed_writer_left_aside_is_not_read_and_does_not_stand_in_the_way()
    {
        FrontFile.Write(_folder.Current, new Current(1, "sha256:a", 1));
        File.WriteAllText(_folder.Current + ".next", "{\"port\":");

        FrontFile.Read(_folder.Current).ShouldBe(new Current(1, "sha256:a", 1));
        FrontFile.Write(_folder.Current, new Current(2, "sha256:b", 2));
        FrontFile.Read(_folder.Current).ShouldBe(new Current(2, "sha256:b", 2));
    }

    [Fact]
    public void Without_a_file_or_a_folder_nothing_is_served()
    {
        FrontFile.Read(_folder.Current).ShouldBeNull();
        FrontFile.Read(Path.Combine(_folder.Path, "none", "current")).ShouldBeNull();
    }

    [Theory]
    [InlineData("", "it is no such JSON")]
    [InlineData("{\"port\":", "it is no such JSON")]
    [InlineData("{\"port\":8001}", "it is no such JSON")]
    [InlineData("{\"port\":8001,\"digest\":null,\"generation\":1}", "it is no such JSON")]
    [InlineData("null", "it names no port")]
    [InlineData("{\"port\":0,\"digest\":\"sha256:a\",\"generation\":1}", "it names no port")]
    [InlineData("{\"port\":65536,\"digest\":\"sha256:a\",\"generation\":1}", "it names no port")]
    public void A_broken_file_is_told_with_its_path(string text, string why)
    {
        File.WriteAllText(_folder.Current, text);

        Should
            .Throw<InvalidDataException>(() => FrontFile.Read(_folder.Current))
            .Message.ShouldBe(
                $"{_folder.Current} does not say what the front serves: {why}. Deploy writes it anew."
            );
    }

    [Fact]
    public void A_folder_that_cannot_be_synced_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "folders are synced on Linux only");
        var folder = Path.Combine(_folder.Path, "none");

        Should
            .Throw<IOException>(() => DirectorySync.Sync(folder))
            .Message.ShouldBe($"{folder} cannot be written to disk: No such file or directory.");
    }
}
