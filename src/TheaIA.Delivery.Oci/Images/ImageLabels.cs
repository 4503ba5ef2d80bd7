using System.Globalization;
using TheaIA.Delivery.Oci.Format;

namespace TheaIA.Delivery.Oci.Images;

/// <summary>What an image tells of itself, whoever built it (OCI image spec, annotations.md).</summary>
internal static class ImageLabels
{
    /// <summary>For the configuration: what a container can be asked for.</summary>
    public static SortedDictionary<string, string> Of(ImageRequest request)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [Annotations.Created] = Created(request),
            [Annotations.Revision] = request.Commit,
            [Annotations.Title] = request.Repository[(request.Repository.LastIndexOf('/') + 1)..],
            [Annotations.Version] = request.Version,
        };
        if (request.Source is { Length: > 0 } source)
        {
            labels[Annotations.Source] = source;
        }
        return labels;
    }

    /// <summary>For the manifest: the labels, and what the image stands on.</summary>
    public static SortedDictionary<string, string> ForManifest(ImageRequest request)
    {
        var annotations = Of(request);
        if (request.Dirty)
        {
            annotations[Annotations.Dirty] = Annotations.True;
        }
        if (request.Base is { } under)
        {
            annotations[Annotations.BaseDigest] = under.What.Digest;
            // a folder's path is of one machine, and the digest must not be
            if (!OciBase.IsFolder(under.Reference))
            {
                annotations[Annotations.BaseName] = OciBase.NameIn(under.Reference);
            }
        }
        return annotations;
    }

    /// <summary>The commit's time (RFC 3339, in UTC).</summary>
    public static string Created(ImageRequest request) =>
        request
            .Created.ToUniversalTime()
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
