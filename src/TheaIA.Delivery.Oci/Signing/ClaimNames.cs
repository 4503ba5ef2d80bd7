namespace TheaIA.Delivery.Oci.Signing;

/// <summary>A claim as registries name it.</summary>
internal static class ClaimNames
{
    /// <summary>The registry that it lies in: <c>127.0.0.1:5000</c>.</summary>
    public static string Host(this Claim what) => what.Repository.Split('/')[0];

    /// <summary>The tag that belongs to a digest, where tags stand in for what registries lack: <c>sha256-HEX</c>.</summary>
    public static string DigestTag(this Claim what) => what.Digest.Replace(':', '-');
}
