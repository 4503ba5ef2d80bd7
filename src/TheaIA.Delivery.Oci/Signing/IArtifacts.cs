using TheaIA.Delivery.Oci.Format;

namespace TheaIA.Delivery.Oci.Signing;

/// <summary>
/// What lies beside an image in a registry. Always from there and never from this machine's store: what was
/// changed or taken away there must show, whoever read it before.
/// </summary>
internal interface IArtifacts
{
    /// <summary>Reads a manifest or index from the registry, and checks it when it is asked for by digest.</summary>
    /// <param name="repository">HOST/NAME.</param>
    /// <param name="reference">A tag or a whole digest.</param>
    /// <param name="cancel">Ends the read.</param>
    /// <returns>Null: there is none.</returns>
    /// <exception cref="InvalidDataException">Its content has another digest.</exception>
    Task<StoredManifest?> ManifestAsync(
        string repository,
        string reference,
        CancellationToken cancel
    );

    /// <summary>Opens a blob.</summary>
    /// <param name="repository">HOST/NAME.</param>
    /// <param name="digest">Its digest.</param>
    /// <param name="cancel">Ends the read.</param>
    /// <returns>A stream that throws <see cref="InvalidDataException"/> at its end when the digest differs.</returns>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    Task<Stream> OpenAsync(string repository, string digest, CancellationToken cancel);

    /// <summary>What refers to an image, by the referrers API or its tag fallback (OCI distribution 1.1).</summary>
    /// <param name="repository">HOST/NAME.</param>
    /// <param name="digest">The image's digest.</param>
    /// <param name="cancel">Ends the read.</param>
    Task<IReadOnlyList<Descriptor>> ReferrersAsync(
        string repository,
        string digest,
        CancellationToken cancel
    );
}

/// <summary>A manifest or index as the registry keeps it.</summary>
/// <param name="Digest">The digest of its content.</param>
/// <param name="MediaType">What the registry says that it is.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record StoredManifest(
    string Digest,
    string MediaType,
    ReadOnlyMemory<byte> Content
);
