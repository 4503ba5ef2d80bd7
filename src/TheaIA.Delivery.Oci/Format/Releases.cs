namespace TheaIA.Delivery.Oci.Format;

/// <summary>A release as the annotations of its manifest tell it.</summary>
internal static class Releases
{
    public static Release Read(Claim what, IReadOnlyDictionary<string, string>? annotations)
    {
        annotations ??= new Dictionary<string, string>(StringComparer.Ordinal);
        return new Release(
            what,
            annotations.GetValueOrDefault(Annotations.Revision, ""),
            annotations.GetValueOrDefault(Annotations.Version, "")
        )
        {
            Dirty = Says(Annotations.Dirty),
            Drill = Says(Annotations.Drill),
            LocalOnly = Says(Annotations.LocalOnly),
        };

        bool Says(string key) => annotations.GetValueOrDefault(key) == Annotations.True;
    }
}
