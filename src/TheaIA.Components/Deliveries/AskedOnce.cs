using System.Collections.Concurrent;
using TheaIA.Delivery;

namespace TheaIA.Components;

/// <summary>Asks once a run what is attested about a digest; an answer that failed is asked for again.</summary>
internal sealed class AskedOnce(IAttestations attestations) : IAttestations
{
    private readonly ConcurrentDictionary<string, Attested> _known = new(StringComparer.Ordinal);

    public async Task<Attested> AttestedAsync(Release release, CancellationToken cancel) =>
        _known.TryGetValue(release.What.Digest, out var known)
            ? known
            : _known.GetOrAdd(
                release.What.Digest,
                await attestations.AttestedAsync(release, cancel)
            );
}
