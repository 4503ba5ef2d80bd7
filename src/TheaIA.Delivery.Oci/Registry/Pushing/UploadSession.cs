using System.Globalization;
using TheaIA.Delivery.Oci.Registry.Http;

namespace TheaIA.Delivery.Oci.Registry.Pushing;

/// <summary>An upload that a registry has opened.</summary>
/// <param name="Location">Where it goes on; a new place after each answer.</param>
/// <param name="At">How many bytes the registry has.</param>
/// <param name="LeastChunk">Bytes that it wants a chunk to have at least (OCI-Chunk-Min-Length); 0: any.</param>
internal sealed record UploadSession(Uri Location, long At, int LeastChunk)
{
    /// <summary>A new one; null: the answer names no location.</summary>
    public static UploadSession? Started(RegistryHttp http, Answer answer) =>
        answer.Headers.Location is { } location
            ? new UploadSession(
                http.Resolve(answer.Url, location),
                0,
                int.TryParse(
                    answer.Header("OCI-Chunk-Min-Length"),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var bytes
                )
                    ? bytes
                    : 0
            )
            : null;

    /// <summary>As it is after an answer.</summary>
    /// <param name="http">Resolves a relative location.</param>
    /// <param name="answer">What the registry said; without a location it stays where it is.</param>
    /// <param name="otherwise">How many bytes it has when it does not say.</param>
    public UploadSession After(RegistryHttp http, Answer answer, long otherwise) =>
        this with
        {
            Location = answer.Headers.Location is { } location
                ? http.Resolve(answer.Url, location)
                : Location,
            At = Has(answer) ?? otherwise,
        };

    /// <summary>Where the blob is closed: the location, whatever it carries, and the digest.</summary>
    public Uri Closing(string digest)
    {
        var joint = Location.Query.Length > 0 ? '&' : '?';
        return new Uri($"{Location.AbsoluteUri}{joint}digest={Uri.EscapeDataString(digest)}");
    }

    // Range: 0-LAST, with or without a unit. Of nothing registries say 0-0, which could be one byte, too:
    // that one is sent again then, and a registry that has it says 416.
    private static long? Has(Answer answer)
    {
        var range = answer.Header("Range") ?? "";
        var dash = range.LastIndexOf('-');
        return
            dash >= 0
            && long.TryParse(
                range.AsSpan(dash + 1),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var last
            )
            ? last == 0
                ? 0
                : last + 1
            : null;
    }
}
