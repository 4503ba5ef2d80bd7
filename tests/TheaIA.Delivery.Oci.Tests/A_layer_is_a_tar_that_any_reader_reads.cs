using System.Formats.Tar;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Images;
using TheaIA.Delivery.Oci.Tests.Given;
using Outcome = TheaIA.Abstractions.Outcome;

namespace TheaIA.Delivery.Oci.Tests;

public sealed class A_layer_is_a_tar_that_any_reader_reads : IDisposable
{
    private readonly Sandbox sandbox = new();

    public static class Names
    {
        private const string Letters = "abcXYZ019-_. ~+@äß日";

        /// <summary>Paths of one to four names, some of them long, with contents around a block's size.</summary>
        public static Arbitrary<Dictionary<string, byte[]>> Files()
        {
            var name =
                from length in Gen.Frequency((5, Gen.Choose(1, 12)), (1, Gen.Choose(60, 80)))
                from letters in Gen.Elements(Letters.ToCharArray()).ArrayOf(length)
                select "n" + new string(letters) + "n";
            var path =
                from depth in Gen.Choose(1, 4)
                from names in name.ArrayOf(depth)
                select string.Join('/', names);
            var content =
                from size in Gen.Elements(0, 1, 511, 512, 513, 90_000)
                select Enumerable.Range(0, size).Select(i => (byte)i).ToArray();
            var files =
                from count in Gen.Choose(0, 8)
                from paths in path.ArrayOf(count)
                from contents in content.ArrayOf(count)
                select Apart(paths, contents);
            return files.ToArbitrary();
        }

        private static Dictionary<string, byte[]> Apart(string[] paths, byte[][] contents)
        {
            var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
            foreach (var (path, content) in paths.Zip(contents))
            {
                var clashes = files.Keys.Any(k =>
                    k == path
                    || k.StartsWith(path + "/", StringComparison.Ordinal)
                    || path.StartsWith(k + "/", StringComparison.Ordinal)
                );
                if (!clashes)
                {
                    files.Add(path, content);
                }
            }
            return files;
        }
    }

    [Property(Arbitrary = [typeof(Names)], MaxTest = 60)]
    public void What_went_in_comes_out_in_ordinal_order(Dictionary<string, byte[]> files)
    {
        var folder = Directory.CreateDirectory(sandbox[Guid.NewGuid().ToString("n")]).FullName;
        foreach (var (path, content) in files)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, content);
        }

        var entries = Read(Tar(folder));

        var read = entries
            .Where(e => e.Content is not null)
            .ToDictionary(e => e.Name["app/".Length..], e => e.Content!, StringComparer.Ordinal);
        read.Keys.ShouldBe(files.Keys, ignoreOrder: true);
        foreach (var (path, content) in files)
        {
            read[path].ShouldBe(content);
        }
        var names = entries.ConvertAll(e => e.Name);
        names.ShouldBe(names.Order(StringComparer.Ordinal));
        names[0].ShouldBe("app/");
        foreach (var name in names.Where(n => n != "app/"))
        {
            names.ShouldContain(name[..(name.TrimEnd('/').LastIndexOf('/') + 1)]);
        }
    }

    [Theory]
    [InlineData(100, 0)] // fits into the name field
    [InlineData(101, 0)] // needs the prefix field
    [InlineData(250, 0)]
    [InlineData(300, 1)] // needs a pax header
    public async Task Long_paths_use_what_the_format_has_for_them(int length, int headers)
    {
        var output = new MemoryStream();
        var path = "app/" + string.Concat(Enumerable.Repeat("123456789/", 40));
        path = path[..(length - 4)].TrimEnd('/') + new string('x', 4);
        path = path.PadRight(length, 'x');

        await new LayerTar(output).FileAsync(path, Stream.Null, 0, Sandbox.Cancel);
        await new LayerTar(output).EndAsync(Sandbox.Cancel);

        Read(output.ToArray()).Single().Name.ShouldBe(path);
        output.Length.ShouldBe(512 + (headers * 1024) + 1024);
    }

    [Fact]
    public async Task A_name_that_fits_no_field_has_a_pax_header()
    {
        var output = new MemoryStream();
        var path = "app/" + new string('x', 200);

        await new LayerTar(output).FileAsync(path, Stream.Null, 0, Sandbox.Cancel);

        Read(output.ToArray()).Single().Name.ShouldBe(path);
        var text = Encoding.ASCII.GetString(output.ToArray());
        text.ShouldContain($"214 path={path}\n");
        text.ShouldNotContain("mtime");
    }

    [Fact]
    public async Task A_file_over_8_GiB_tells_its_size_in_a_pax_header()
    {
        var output = new MemoryStream();
        const long Size = 0x2_0000_0000;

        var error = await Should.ThrowAsync<IOException>(
            new LayerTar(output).FileAsync("app/big", Stream.Null, Size, Sandbox.Cancel)
        );

        error.Message.ShouldBe("app/big got shorter while it was read.");
        output.Position = 0;
        using var tar = new TarReader(new Endless(output));
        tar.GetNextEntry()!.Length.ShouldBe(Size);
    }

    [Fact]
    public async Task A_link_is_refused_by_name()
    {
        var one = sandbox.Application("one");
        File.CreateSymbolicLink(Path.Combine(one, "passwd"), "/etc/passwd");

        var error = await Should.ThrowAsync<OutcomeException>(
            DeterministicTar.WriteAsync(one, Stream.Null, Sandbox.Cancel)
        );

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"{one}/passwd is a link, and an image takes files only: publish the file that it points to."
        );
    }

    [Fact]
    public void Memory_does_not_grow_with_the_size_of_a_file()
    {
        var big = Directory.CreateDirectory(sandbox["big"]).FullName;
        using (var file = File.Create(Path.Combine(big, "big")))
        {
            file.SetLength(632 << 20); // holes: it takes no disk
        }

        Allocated(big).ShouldBeLessThan(128 << 20);
    }

    public void Dispose() => sandbox.Dispose();

    private static long Allocated(string folder)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        DeterministicTar.WriteAsync(folder, Stream.Null, default).GetAwaiter().GetResult();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private static byte[] Tar(string folder)
    {
        var output = new MemoryStream();
        DeterministicTar
            .WriteAsync(folder, output, CancellationToken.None)
            .GetAwaiter()
            .GetResult();
        return output.ToArray();
    }

    private static List<(string Name, byte[]? Content)> Read(byte[] bytes)
    {
        using var tar = new TarReader(new MemoryStream(bytes));
        var entries = new List<(string, byte[]?)>();
        while (tar.GetNextEntry() is { } entry)
        {
            entry.Uid.ShouldBe(0);
            entry.Gid.ShouldBe(0);
            entry.ModificationTime.ShouldBe(DateTimeOffset.UnixEpoch);
            var folder = entry.EntryType == TarEntryType.Directory;
            ((int)entry.Mode).ShouldBe(folder ? 0b111_101_101 : 0b110_100_100);
            var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            entries.Add((entry.Name, folder ? null : content.ToArray()));
        }
        return entries;
    }

    /// <summary>Not seekable, so that the reader does not ask where the content ends.</summary>
    private sealed class Endless(Stream inner) : MemoryStream
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) =>
            inner.Read(buffer, offset, count);

        public override int Read(Span<byte> buffer) => inner.Read(buffer);
    }
}
