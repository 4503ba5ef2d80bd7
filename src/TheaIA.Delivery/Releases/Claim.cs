namespace TheaIA.Delivery;

/// <summary>
/// Says that there is an image. Proves nothing: it crosses process boundaries as an argument, a file
/// or a job's output, and whoever takes it asks again.
/// </summary>
/// <param name="Repository">Where the image is: <c>theaia-api</c> in this machine's store, or HOST/NAME.</param>
/// <param name="Digest">The manifest's digest: <c>sha256:</c> and 64 hexadecimal digits (OCI image spec).</param>
public sealed record Claim(string Repository, string Digest)
{
    /// <summary>The digest as a person reads it: <c>sha256:4be1f0aa9c02</c>.</summary>
    public string Short => Digest.Length > 19 ? Digest[..19] : Digest;
}
