using System.Formats.Tar;
using System.Net.Sockets;
using System.Runtime.Versioning;
using TheaIA.Abstractions;
using TheaIA.Delivery.Docker.Contexts;
using TheaIA.Delivery.Docker.Tests.Given;

namespace TheaIA.Delivery.Docker.Tests;

[UnsupportedOSPlatform("windows")] // which has no modes
public sealed class A_context_tells_no_checkout_from_another : IDisposable
{
    private static readonly HashSet<string> Always = ["api/Dockerfile", ".dockerignore"];
    private readonly Workspace workspace = new();

    [Fact]
    public async Task All_files_are_sent_in_one_order_with_plain_modes_and_no_time()
    {
        workspace.File("b.txt", "b").File("a/deep/c.txt", "c").File(".hidden", "h");
        workspace.File("run.sh", "#!/bin/sh");
        File.SetUnixFileMode(workspace["context/run.sh"], (UnixFileMode)0b111_000_000);
        File.SetUnixFileMode(workspace["context/b.txt"], (UnixFileMode)0b110_110_110);
        File.CreateSymbolicLink(workspace["context/link"], "a/deep");

        var (files, entries) = await PackAsync();

        files.ShouldBe(4);
        entries
            .Select(e => $"{e.Name} {Convert.ToString((int)e.Mode, 8)} {e.LinkName}{Text(e)}")
            .ShouldBe([
                ".hidden 644 h",
                "a/ 755 ",
                "a/deep/ 755 ",
                "a/deep/c.txt 644 c",
                "b.txt 644 b",
                "link 755 a/deep",
                "run.sh 755 #!/bin/sh",
            ]);
        entries.ShouldAllBe(e =>
            e.ModificationTime == DateTimeOffset.UnixEpoch && e.Uid == 0 && e.Gid == 0
        );
    }

    [Fact]
    public async Task What_is_ignored_stays_here_but_for_what_is_taken_back()
    {
        workspace
            .File("key.pem", "secret")
            .File("src/api/Program.cs", "")
            .File("src/api/bin/x.dll", "")
            .File("src/other/Program.cs", "");

        var (files, entries) = await PackAsync("*", "!src/api", "**/bin");

        files.ShouldBe(1);
        entries.Select(e => e.Name).ShouldBe(["src/api/", "src/api/Program.cs"]);
    }

    [Fact]
    public async Task The_engine_always_gets_what_it_reads_for_itself()
    {
        workspace
            .File(".dockerignore", "*")
            .File("api/Dockerfile", "FROM scratch")
            .File("api/more", "");

        var (_, entries) = await PackAsync("*");

        entries.Select(e => e.Name).ShouldBe([".dockerignore", "api/Dockerfile"]);
    }

    [Fact]
    public async Task A_long_path_and_a_large_file_are_whole()
    {
        var path = string.Join('/', Enumerable.Repeat("a-folder-with-a-long-name", 9)) + "/ß.txt";
        workspace.File(path, new string('x', 300_000));

        var (_, entries) = await PackAsync();

        entries[^1].Name.ShouldBe(path);
        Text(entries[^1]).Length.ShouldBe(300_000);
    }

    [Fact]
    public async Task What_cannot_be_read_is_named()
    {
        Directory.CreateDirectory(workspace["context"]);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, 0);
        socket.Bind(new UnixDomainSocketEndPoint(workspace["context/s.sock"]));

        var error = await Should.ThrowAsync<OutcomeException>(PackAsync());

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldStartWith("s.sock cannot be sent to the Docker engine (");
        error.Message.ShouldEndWith("): name it in .dockerignore, or make it readable.");
    }

    [Fact]
    public async Task It_ends_when_it_is_told_to()
    {
        workspace.File("a", "");

        await Should.ThrowAsync<OperationCanceledException>(
            Context().WriteAsync(Stream.Null, new CancellationToken(true))
        );
    }

    [Fact]
    public async Task A_spool_has_no_name_and_nobody_else_reads_it()
    {
        await using var spool = Spool.Open();
        await spool.WriteAsync("text"u8.ToArray(), Workspace.Cancel);
        spool.Position = 0;

        File.Exists(spool.Name).ShouldBeFalse();
        (await new StreamReader(spool).ReadToEndAsync(Workspace.Cancel)).ShouldBe("text");
    }

    public void Dispose() => workspace.Dispose();

    private BuildContext Context(params string[] ignored) =>
        new(workspace["context"], DockerIgnore.Parse(".dockerignore", ignored), Always);

    private async Task<(int Files, List<TarEntry> Entries)> PackAsync(params string[] ignored)
    {
        var output = new MemoryStream();
        var files = await Context(ignored).WriteAsync(output, Workspace.Cancel);
        output.Position = 0;
        var entries = new List<TarEntry>();
        await using var tar = new TarReader(output);
        while (await tar.GetNextEntryAsync(copyData: true, Workspace.Cancel) is { } entry)
        {
            entries.Add(entry);
        }
        return (files, entries);
    }

    private static string Text(TarEntry entry)
    {
        if (entry.DataStream is not { } content)
        {
            return "";
        }
        content.Position = 0;
        return new StreamReader(content).ReadToEnd();
    }
}
