namespace TheaIA.Delivery.Oci.Images.Bases;

/// <summary>Media types of layers: Docker's and OCI's name the same bytes.</summary>
internal static class LayerTypes
{
    private const string Oci = "application/vnd.oci.image.layer.v1.tar";
    private const string Docker = "application/vnd.docker.image.rootfs.diff.tar";

    private static readonly Dictionary<string, string> AsOci = new(StringComparer.Ordinal)
    {
        [Oci] = Oci,
        [Oci + "+gzip"] = Oci + "+gzip",
        [Oci + "+zstd"] = Oci + "+zstd",
        [Docker] = Oci,
        [Docker + ".gzip"] = Oci + "+gzip",
        [Docker + ".zstd"] = Oci + "+zstd",
    };

    /// <summary>The OCI name; null for what is no layer that may be copied: a foreign one, an attestation.</summary>
    public static string? Of(string mediaType) => AsOci.GetValueOrDefault(mediaType);
}
