using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Registry;
using TheaIA.Delivery.Oci.Signing.Commands;
using TheaIA.Delivery.Oci.Signing.Reading;
using TheaIA.Delivery.Oci.Signing.Trust;

namespace TheaIA.Delivery.Oci.Signing;

/// <summary>All statements about an image, each with whether it counts: one read of the registry.</summary>
/// <param name="registry">Where the image lies.</param>
/// <param name="cosign">Checks identities; keys need no program.</param>
internal sealed class StatementBook(IRegistry registry, CosignProgram cosign)
{
    private readonly StatementReader? reader = registry switch
    {
        OciRegistry client => new StatementReader(new RegistryArtifacts(client)),
        IArtifacts artifacts => new StatementReader(artifacts),
        _ => null,
    };

    private readonly Identities identities = new(cosign);

    /// <summary>Statements can lie there. This machine's own store keeps images alone.</summary>
    public bool IsOpen => reader is not null;

    /// <summary>Refuses what cannot work, before anything is done.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: no statements can lie there.</exception>
    public void Demand()
    {
        if (!IsOpen)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"{registry.Name} keeps no signatures: --registry HOST/REPOSITORY names a registry, which does."
            );
        }
    }

    /// <summary>Why nothing is known about what lies in a store without statements.</summary>
    public string Closed => $"{registry.Name} keeps no signatures";

    /// <summary>Reads and judges them.</summary>
    /// <param name="what">The image.</param>
    /// <param name="parties">Who is trusted.</param>
    /// <param name="cancel">Ends the read.</param>
    public async Task<IReadOnlyList<Judged>> ReadAsync(
        Claim what,
        IReadOnlyList<TrustedParty> parties,
        CancellationToken cancel
    )
    {
        if (reader is null)
        {
            return [];
        }
        var statements = await reader.ReadAsync(what, cancel);
        var identified = await identities.FindAsync(what, statements, parties, cancel);
        var judge = new Judge(what, parties, identified);
        return [.. statements.Select(judge.Of)];
    }
}
