namespace TheaIA.Delivery.Oci.Signing.Trust;

/// <summary>Somebody whose signatures count: by a key that was read, or by an identity that cosign checks.</summary>
/// <param name="Name">How a person names it.</param>
/// <param name="Key">The key. Null: it is an identity.</param>
/// <param name="Identity">The identity. Null: it is a key.</param>
internal sealed record TrustedParty(string Name, PublicKey? Key, TrustedKey? Identity);
