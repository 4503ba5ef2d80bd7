using TheaIA.Delivery.Oci.Layout;

namespace TheaIA.Delivery.Oci.Images.Saved;

/// <summary>A stream whose first bytes were read already, for a look at what it is.</summary>
internal sealed class StartedStream(ReadOnlyMemory<byte> start, Stream rest) : OneWayStream
{
    private ReadOnlyMemory<byte> left = start;

    public override bool CanRead => true;

    public override int Read(byte[] buffer, int offset, int count) =>
        left.IsEmpty ? rest.Read(buffer, offset, count) : Take(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    ) =>
        left.IsEmpty
            ? rest.ReadAsync(buffer, cancellationToken)
            : ValueTask.FromResult(Take(buffer.Span));

    private int Take(Span<byte> buffer)
    {
        var taken = Math.Min(buffer.Length, left.Length);
        left.Span[..taken].CopyTo(buffer);
        left = left[taken..];
        return taken;
    }
}
