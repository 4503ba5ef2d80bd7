namespace TheaIA.Delivery.Oci.Format;

/// <summary>Keys of annotations and labels (OCI image spec, annotations.md; com.theaia.* are ours).</summary>
internal static class Annotations
{
    public const string BaseDigest = "org.opencontainers.image.base.digest";
    public const string BaseName = "org.opencontainers.image.base.name";
    public const string Created = "org.opencontainers.image.created";
    public const string Revision = "org.opencontainers.image.revision";
    public const string Source = "org.opencontainers.image.source";
    public const string Title = "org.opencontainers.image.title";
    public const string Version = "org.opencontainers.image.version";

    /// <summary>On an index entry: <c>REPOSITORY:TAG</c>.</summary>
    public const string RefName = "org.opencontainers.image.ref.name";

    /// <summary>On an index entry: the repository, tagged or not.</summary>
    public const string Repository = "com.theaia.repository";

    /// <summary>On an index entry: how long making the release took, in seconds; the digest does not know it.</summary>
    public const string MadeIn = "com.theaia.made-in";

    /// <summary>Which builder wrote the application layer: only such layers are unpacked.</summary>
    public const string Layer = "com.theaia.layer";

    public const string Dirty = "com.theaia.dirty";
    public const string LocalOnly = "com.theaia.local-only";
    public const string Drill = "com.theaia.drill";

    public const string True = "true";
    public const string PortableLayer = "dotnet-portable";
}
