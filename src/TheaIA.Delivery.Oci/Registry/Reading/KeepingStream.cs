using TheaIA.Delivery.Oci.Layout;

namespace TheaIA.Delivery.Oci.Registry.Reading;

/// <summary>
/// Passes on a blob that a registry sends, and keeps it in this machine's store when it came to its end
/// as its digest says, so that a way back needs no registry.
/// </summary>
/// <param name="blob">Checks the digest at its end.</param>
/// <param name="layout">The store.</param>
/// <param name="digest">Which blob it is.</param>
/// <param name="time">Tells what a killed process left long ago.</param>
internal sealed class KeepingStream(
    Stream blob,
    ImageLayout layout,
    string digest,
    TimeProvider time
) : OneWayStream
{
    private BlobAside? aside;
    private bool kept;

    public override bool CanRead => true;

    public override int Read(byte[] buffer, int offset, int count) =>
        Took(buffer.AsSpan(offset, blob.Read(buffer, offset, count)), wanted: count);

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        var read = await blob.ReadAsync(buffer, cancellationToken);
        return Took(buffer.Span[..read], wanted: buffer.Length);
    }

    // a file that is opened and not read keeps nothing, so it is made with the first bytes
    private int Took(ReadOnlySpan<byte> bytes, int wanted)
    {
        if (kept)
        {
            return bytes.Length;
        }
        aside ??= BlobAside.New(layout, digest, time);
        aside.Write(bytes);
        if (bytes.IsEmpty && wanted > 0)
        {
            aside.Keep();
            kept = true;
        }
        return bytes.Length;
    }

    protected override void Dispose(bool disposing)
    {
        aside?.Dispose();
        blob.Dispose();
        base.Dispose(disposing);
    }
}
