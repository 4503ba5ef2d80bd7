using System.Net;

namespace TheaIA.Delivery.Oci.Registry.Http;

/// <summary>A body that tells when a slice of it went out: a slow line is no line that stands still.</summary>
internal sealed class SlicedContent(ReadOnlyMemory<byte> body) : HttpContent
{
    private const int Slice = 128 * 1024;

    /// <summary>Called after each slice.</summary>
    public Action Moved { get; set; } = () => { };

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        for (var at = 0; at < body.Length; at += Slice)
        {
            await stream.WriteAsync(
                body.Slice(at, Math.Min(Slice, body.Length - at)),
                cancellationToken
            );
            Moved();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
