namespace TheaIA.Delivery.Oci.Signing.Commands;

/// <summary>The cosign that is on PATH, and what its major wants for signing by a key without a log.</summary>
/// <param name="Major">2 or more.</param>
/// <param name="SigningConfig">From 3 on: a file that names no log. Null: a flag does it.</param>
/// <param name="TrustedRoot">
/// From 3 on: a file that trusts nothing. Without it cosign asks sigstore's servers for their root first,
/// which a signature by a key does not need. Null: this cosign makes none.
/// </param>
internal sealed record CosignTool(int Major, string? SigningConfig, string? TrustedRoot);
