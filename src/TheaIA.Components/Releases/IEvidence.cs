namespace TheaIA.Components;

/// <summary>Collects the proof of a release, for those who do not have this tool (mission row M19).</summary>
public interface IEvidence : IHaveDelivery
{
    /// <summary>Reads every layer again and writes all that is attested into one folder that openssl can verify.</summary>
    Target Evidence =>
        _ =>
            _.Description(
                    "the proof of a release in one folder, verifiable offline without this tool"
                )
                .Concurrent()
                .Executes(cancel => EvidenceWork.CollectAsync(this, cancel));
}
