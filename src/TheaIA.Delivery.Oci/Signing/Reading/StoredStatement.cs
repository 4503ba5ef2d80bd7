using System.Text.Json;

namespace TheaIA.Delivery.Oci.Signing.Reading;

/// <summary>
/// A signature or attestation as it was read; nobody has checked it yet. Not a record: two with the same
/// content are two.
/// </summary>
/// <param name="kind"><see cref="SignedStatement.Signature"/> or <see cref="SignedStatement.Attestation"/>.</param>
/// <param name="predicateType">What it is, by its own word; empty: unknown.</param>
/// <param name="envelope">Its bytes, as <see cref="SignedStatement.Envelope"/> has them.</param>
internal sealed class StoredStatement(
    string kind,
    string predicateType,
    ReadOnlyMemory<byte> envelope
)
{
    public string Kind => kind;

    public string PredicateType => predicateType;

    public ReadOnlyMemory<byte> Envelope => envelope;

    /// <summary>What the signatures are over.</summary>
    public ReadOnlyMemory<byte> SignedBytes { get; init; }

    /// <summary>Any one of them suffices.</summary>
    public IReadOnlyList<byte[]> Signatures { get; init; } = [];

    /// <summary>The document that was signed.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The digests that it speaks of: <c>sha256:HEX</c>.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>An attestation's predicate. Null: it has none.</summary>
    public JsonElement? Predicate { get; init; }

    /// <summary>It lies there as cosign 3 writes: a bundle that refers to the image.</summary>
    public bool Bundled { get; init; }

    /// <summary>Why it cannot be checked, in words. Null: it can.</summary>
    public string? Damage { get; init; }

    public bool IsSignature => kind == SignedStatement.Signature;

    /// <summary>One that cannot be checked.</summary>
    public static StoredStatement Damaged(
        string kind,
        string? predicateType,
        ReadOnlyMemory<byte> bytes,
        string damage,
        bool bundled = false
    ) => new(kind, predicateType ?? "", bytes) { Damage = damage, Bundled = bundled };
}
