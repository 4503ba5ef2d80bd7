using System.Security.Cryptography;
using TheaIA.Delivery.Oci.Format;

namespace TheaIA.Delivery.Oci.Layout;

/// <summary>
/// A blob whose digest is checked while it is read: whoever reads to the end has read what the
/// digest names, or got an exception. Until then nothing read from it is proven.
/// </summary>
internal sealed class VerifyingStream(Stream blob, string digest, string damaged) : OneWayStream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public override bool CanRead => true;

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = blob.Read(buffer, offset, count);
        return Took(buffer.AsSpan(offset, read), wanted: count);
    }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        var read = await blob.ReadAsync(buffer, cancellationToken);
        return Took(buffer.Span[..read], wanted: buffer.Length);
    }

    private int Took(ReadOnlySpan<byte> bytes, int wanted)
    {
        hash.AppendData(bytes);
        if (bytes.IsEmpty && wanted > 0 && Digest.Of(hash.GetCurrentHash()) != digest)
        {
            throw new InvalidDataException(damaged);
        }
        return bytes.Length;
    }

    protected override void Dispose(bool disposing)
    {
        hash.Dispose();
        blob.Dispose();
        base.Dispose(disposing);
    }
}
