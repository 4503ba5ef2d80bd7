using TheaIA.Delivery.Oci.Format;
using TheaIA.Delivery.Oci.Signing.Reading;

namespace TheaIA.Delivery.Oci.Signing.Trust;

/// <summary>
/// Whether statements count: whole, signed by somebody who is trusted, and about this very digest. One that
/// was copied from another image holds in itself and is refused by the last.
/// </summary>
/// <param name="what">The image.</param>
/// <param name="parties">Who is trusted.</param>
/// <param name="identified">What cosign found to be signed by an identity, and by whose.</param>
internal sealed class Judge(
    Claim what,
    IReadOnlyList<TrustedParty> parties,
    IReadOnlyDictionary<StoredStatement, string> identified
)
{
    /// <summary>Judges one.</summary>
    public Judged Of(StoredStatement statement)
    {
        if (statement.Damage is { } damage)
        {
            return new Judged(statement, null, $"damaged: {damage}");
        }
        var signer =
            parties.FirstOrDefault(p => p.Key?.Signed(statement) == true)?.Name
            ?? identified.GetValueOrDefault(statement);
        var trouble =
            signer is null ? Unsigned()
            : statement.Subjects.Contains(what.Digest, StringComparer.Ordinal) ? null
            : statement.Subjects is [var other, ..] ? $"for another image ({Digest.Short(other)})"
            : "for no image";
        return new Judged(statement, signer, trouble);
    }

    private string Unsigned() =>
        parties.Count == 0
            ? "by a key, and none is trusted"
            : $"by none of the trusted keys ({string.Join(", ", parties.Select(p => p.Name))})";
}
