namespace TheaIA.Delivery;

/// <summary>What the platform itself says runs in a place; never what the ledger remembers.</summary>
/// <param name="Digest">The digest of what runs.</param>
/// <param name="Since">Since when.</param>
/// <param name="Healthy">It answers ready.</param>
/// <param name="Instances">How many instances are healthy.</param>
public sealed record Running(string Digest, DateTimeOffset Since, bool Healthy, int Instances);
