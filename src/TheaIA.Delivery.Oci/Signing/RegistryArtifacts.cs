using System.Diagnostics.CodeAnalysis;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Format;
using TheaIA.Delivery.Oci.Registry;

namespace TheaIA.Delivery.Oci.Signing;

/// <summary>What lies beside an image, by our client of the registry.</summary>
/// <param name="registry">The client.</param>
[ExcludeFromCodeCoverage(
    Justification = "Driven by tests with a real registry and cosign; where it is missing nobody runs this."
)]
internal sealed class RegistryArtifacts(OciRegistry registry) : IArtifacts
{
    /// <inheritdoc/>
    public async Task<StoredManifest?> ManifestAsync(
        string repository,
        string reference,
        CancellationToken cancel
    )
    {
        try
        {
            return await registry.ManifestAsync(repository, reference, cancel) is { } manifest
                ? new StoredManifest(manifest.Digest, manifest.MediaType, manifest.Bytes)
                : null;
        }
        catch (OutcomeException damaged) when (damaged.InnerException is InvalidDataException)
        {
            throw new InvalidDataException(damaged.Message, damaged);
        }
    }

    /// <inheritdoc/>
    public Task<Stream> OpenAsync(string repository, string digest, CancellationToken cancel) =>
        registry.OpenBlobAsync(repository, digest, cancel);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Descriptor>> ReferrersAsync(
        string repository,
        string digest,
        CancellationToken cancel
    ) =>
        [
            .. (
                await registry.ReferrersAsync(repository, digest, artifactType: null, cancel)
            ).Select(r => new Descriptor(r.MediaType, r.Digest, r.Size)
            {
                Annotations = r.Annotations,
            }),
        ];
}
