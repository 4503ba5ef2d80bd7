using System.Security.Cryptography;
using TheaIA.Delivery.Oci.Format;

namespace TheaIA.Delivery.Oci.Layout;

/// <summary>Passes bytes on and tells their digest: one pass makes a blob and its name.</summary>
internal sealed class HashingStream(Stream output) : OneWayStream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long written;

    public override bool CanWrite => true;

    /// <summary>Describes what was written so far.</summary>
    public Descriptor Describe(string mediaType) =>
        new(mediaType, Digest.Of(hash.GetCurrentHash()), written);

    public override void Write(byte[] buffer, int offset, int count)
    {
        hash.AppendData(buffer, offset, count);
        written += count;
        output.Write(buffer, offset, count);
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        hash.AppendData(buffer.Span);
        written += buffer.Length;
        await output.WriteAsync(buffer, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        hash.Dispose();
        base.Dispose(disposing);
    }
}
