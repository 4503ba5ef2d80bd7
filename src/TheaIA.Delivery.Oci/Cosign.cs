using TheaIA.Delivery.Oci.Signing;

namespace TheaIA.Delivery.Oci;

/// <summary>Signatures and attestations beside the image, as the cosign program writes them.</summary>
public static class Cosign
{
    /// <summary>
    /// Signs by cosign 2 or 3, whichever is on PATH, and reads what either of them wrote. With key files no log
    /// and no other server than the image's registry takes part; keyless, sigstore's do.
    /// </summary>
    public static ISigning Signing { get; } =
        new CosignSigning(TimeProvider.System, Environment.GetEnvironmentVariable);
}
