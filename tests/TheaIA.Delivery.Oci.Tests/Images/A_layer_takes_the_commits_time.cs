using System.Formats.Tar;
using System.Text;
using TheaIA.Delivery.Oci.Images.Saved;
using TheaIA.Delivery.Oci.Tests.Given;

namespace TheaIA.Delivery.Oci.Tests.Images;

public sealed class A_layer_takes_the_commits_time
{
    private static readonly DateTimeOffset Commit = DateTimeOffset.FromUnixTimeSeconds(
        1_764_000_000
    );

    [Theory]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public async Task And_nothing_else_of_it_changes(TarEntryFormat format)
    {
        var layer = Layer(format, DateTimeOffset.UnixEpoch.AddSeconds(1_800_000_000.5));

        var stamped = await StampAsync(layer);

        var expected = Read(layer).ConvertAll(e => e with { Time = Commit });
        Read(stamped).ShouldBe(expected);
        expected.Count.ShouldBe(format == TarEntryFormat.Ustar ? 6 : 7);
    }

    [Theory]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public async Task So_that_two_clocks_give_the_same_bytes(TarEntryFormat format)
    {
        var first = await StampAsync(Layer(format, DateTimeOffset.UnixEpoch.AddDays(20_000.1)));
        var second = await StampAsync(Layer(format, DateTimeOffset.UnixEpoch.AddDays(20_777.7)));

        second.ShouldBe(first);
        (await StampAsync(second)).ShouldBe(first);
    }

    [Fact]
    public async Task Another_reader_reads_it()
    {
        using var sandbox = new Sandbox();
        var file = sandbox["layer.tar"];
        await File.WriteAllBytesAsync(
            file,
            await StampAsync(Layer(TarEntryFormat.Pax, DateTimeOffset.UnixEpoch.AddDays(20_000.1))),
            Sandbox.Cancel
        );

        var (exitCode, output) = await Sandbox.RunAsync("tar", "--list", "--file", file);

        exitCode.ShouldBe(0, output);
        output.ShouldStartWith("app/\napp/x.dll\napp/link\n");
    }

    [Fact]
    public async Task A_size_that_only_a_pax_header_tells_is_heeded()
    {
        // the header says 0 bytes, as for a file over 8 GiB; without the record its content would be
        // taken for headers
        var record = "12 size=600\n"u8.ToArray();
        var content = Enumerable.Repeat((byte)'x', 600).ToArray();
        var layer = Join(
            Header("pax", 'x', record.Length),
            Padded(record),
            Header("big", '0', 0),
            Padded(content),
            Header("after", '0', 0),
            new byte[1024]
        );

        var stamped = await StampAsync(layer);

        Read(stamped)
            .ConvertAll(e => (e.Name, e.Content.Length, e.Time))
            .ShouldBe([("big", 600, Commit), ("after", 0, Commit)]);
    }

    [Fact]
    public async Task A_commit_before_1970_counts_as_of_then()
    {
        var output = new MemoryStream();
        await LayerTimes.SetAsync(
            new MemoryStream(Layer(TarEntryFormat.Ustar, Commit)),
            output,
            DateTimeOffset.MinValue,
            Sandbox.Cancel
        );

        Read(output.ToArray()).ShouldAllBe(e => e.Time == DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task An_empty_layer_stays_empty() => (await StampAsync([])).ShouldBeEmpty();

    [Fact]
    public async Task One_that_is_cut_off_is_told()
    {
        var layer = Layer(TarEntryFormat.Ustar, Commit)[512..];

        (await Should.ThrowAsync<InvalidDataException>(StampAsync(layer[..100]))).Message.ShouldBe(
            "it ends within a block"
        );
        await Should.ThrowAsync<EndOfStreamException>(StampAsync(layer[..512]));
    }

    [Fact]
    public async Task What_is_no_tar_is_told()
    {
        var text = new byte[1024];
        Array.Fill(text, (byte)'x');

        (await Should.ThrowAsync<InvalidDataException>(StampAsync(text))).Message.ShouldBe(
            "an entry's size is no number"
        );
        (
            await Should.ThrowAsync<InvalidDataException>(
                StampAsync(Join(Header("p", 'x', 5), Padded("hello"u8.ToArray())))
            )
        ).Message.ShouldBe("a pax header is broken");
        (
            await Should.ThrowAsync<InvalidDataException>(StampAsync(Header("p", 'x', 2 << 20)))
        ).Message.ShouldBe("a pax header has 2097152 bytes");
    }

    private sealed record Entry(
        string Name,
        TarEntryType Type,
        string Link,
        UnixFileMode Mode,
        int Owner,
        string Content,
        DateTimeOffset Time
    );

    private static async Task<byte[]> StampAsync(byte[] layer)
    {
        var output = new MemoryStream();
        await LayerTimes.SetAsync(new MemoryStream(layer), output, Commit, Sandbox.Cancel);
        return output.ToArray();
    }

    private static byte[] Layer(TarEntryFormat format, DateTimeOffset time)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, format, leaveOpen: true))
        {
            Add(tar, format, TarEntryType.Directory, "app/", time);
            Add(tar, format, TarEntryType.RegularFile, "app/x.dll", time, "the program");
            Add(tar, format, TarEntryType.SymbolicLink, "app/link", time);
            Add(tar, format, TarEntryType.HardLink, "app/hard", time);
            Add(tar, format, TarEntryType.CharacterDevice, "app/null", time);
            if (format != TarEntryFormat.Ustar)
            {
                Add(
                    tar,
                    format,
                    TarEntryType.RegularFile,
                    "app/" + new string('n', 300),
                    time,
                    "n"
                );
            }
            Add(tar, format, TarEntryType.RegularFile, "app/.wh.gone", time, "");
        }
        return bytes.ToArray();
    }

    private static void Add(
        TarWriter tar,
        TarEntryFormat format,
        TarEntryType type,
        string name,
        DateTimeOffset time,
        string? text = null
    )
    {
        TarEntry entry = format switch
        {
            TarEntryFormat.Pax => new PaxTarEntry(
                type,
                name,
                new Dictionary<string, string> { ["SCHILY.xattr.user.a"] = "b" }
            ),
            TarEntryFormat.Gnu => new GnuTarEntry(type, name),
            _ => new UstarTarEntry(type, name),
        };
        entry.ModificationTime = time;
        entry.Uid = 1000;
        entry.Mode = UnixFileMode.UserRead | UnixFileMode.OtherExecute;
        if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
        {
            entry.LinkName = "app/x.dll";
        }
        if (text is not null)
        {
            entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        }
        tar.WriteEntry(entry);
    }

    private static List<Entry> Read(byte[] layer)
    {
        using var tar = new TarReader(new MemoryStream(layer));
        var entries = new List<Entry>();
        while (tar.GetNextEntry() is { } entry)
        {
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            entries.Add(
                new Entry(
                    entry.Name,
                    entry.EntryType,
                    entry.LinkName,
                    entry.Mode,
                    entry.Uid,
                    Encoding.UTF8.GetString(content.ToArray()),
                    entry.ModificationTime
                )
            );
        }
        return entries;
    }

    private static byte[] Header(string name, char type, int size)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name));
        }
        var header = bytes.ToArray()[..512];
        Encoding.ASCII.GetBytes(Convert.ToString(size, 8).PadLeft(11, '0'), header.AsSpan(124));
        header[156] = (byte)type;
        // its checksum, which counts itself as blanks
        header.AsSpan(148, 8).Fill((byte)' ');
        var sum = Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0');
        Encoding.ASCII.GetBytes(sum + "\0 ", header.AsSpan(148));
        return header;
    }

    private static byte[] Padded(byte[] content) =>
        [.. content, .. new byte[(512 - (content.Length % 512)) % 512]];

    private static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(p => p)];
}
