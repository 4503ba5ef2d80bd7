using TheaIA.Delivery.Oci.Layout;
using TheaIA.Delivery.Oci.Tests.Given;

namespace TheaIA.Delivery.Oci.Tests;

public sealed class A_blob_is_checked_while_it_is_read : IDisposable
{
    private readonly Sandbox sandbox = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_whole_blob_is_read_and_a_damaged_one_throws_at_its_end(bool async)
    {
        var release = await sandbox.PushedAsync(sandbox.Request(sandbox.Application("one")));
        var file = Sandbox.Blob(sandbox.StoreRoot, release.What.Digest);
        (await ReadAsync()).ShouldBe(File.ReadAllBytes(file));
        File.AppendAllText(file, " ");

        var error = await Should.ThrowAsync<InvalidDataException>(ReadAsync);

        error.Message.ShouldBe(
            $"{release.What.Digest} in this machine's store is damaged (its content has another digest): push it again."
        );

        async Task<byte[]> ReadAsync()
        {
            var read = new MemoryStream();
            await using var blob = await OpenAsync(release.What.Digest);
            if (async)
            {
                await blob.CopyToAsync(read, Sandbox.Cancel);
            }
            else
            {
                blob.CopyTo(read);
            }
            return read.ToArray();
        }
    }

    [Theory]
    [InlineData("sha256:00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha256:../../../../../../../../../../../../../../../../../../../etc/passw")]
    [InlineData("sha512:0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task What_is_not_there_or_no_digest_is_not_found(string digest)
    {
        var error = await Should.ThrowAsync<FileNotFoundException>(() => OpenAsync(digest));

        error.Message.ShouldBe($"There is no {digest} in this machine's store: push it again.");
    }

    [Fact]
    public void Streams_run_forward_only()
    {
        using var reading = new VerifyingStream(new MemoryStream([1]), "sha256:", "");
        using var writing = new HashingStream(new MemoryStream());
        reading.Flush();
        writing.Write([1], 0, 1);
        writing.Describe("type").Size.ShouldBe(1);

        (reading.CanRead, reading.CanWrite, reading.CanSeek).ShouldBe((true, false, false));
        (writing.CanRead, writing.CanWrite, writing.CanSeek).ShouldBe((false, true, false));
        Action[] refused =
        [
            () => _ = reading.Length,
            () => _ = reading.Position,
            () => reading.Position = 0,
            () => reading.Seek(0, SeekOrigin.Begin),
            () => reading.SetLength(0),
            () => reading.Write([1], 0, 1),
            () => writing.ReadExactly(new byte[1], 0, 1),
        ];
        foreach (var call in refused)
        {
            Should.Throw<NotSupportedException>(call);
        }
    }

    public void Dispose() => sandbox.Dispose();

    private Task<Stream> OpenAsync(string digest) =>
        sandbox.Store.ReadAsync("theaia-api", digest, Sandbox.Cancel);
}
