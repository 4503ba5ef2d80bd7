using TheaIA.Delivery.Oci.Signing.Reading;

namespace TheaIA.Delivery.Oci.Signing.Trust;

/// <summary>A statement and whether it counts.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="KeyName">Who signed it, of those that are trusted. Null: none of them.</param>
/// <param name="Trouble">Why it does not count: <c>by none of the trusted keys (cosign.pub)</c>. Null: it counts.</param>
internal sealed record Judged(StoredStatement Statement, string? KeyName, string? Trouble)
{
    public bool Counts => Trouble is null;

    /// <summary>As those outside of this room see it.</summary>
    public SignedStatement Told() =>
        new(Statement.PredicateType, Statement.Kind, Statement.Envelope, KeyName, Trouble);
}
