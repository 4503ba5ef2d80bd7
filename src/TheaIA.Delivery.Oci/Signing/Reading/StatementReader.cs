using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Format;

namespace TheaIA.Delivery.Oci.Signing.Reading;

/// <summary>
/// Reads all signatures and attestations beside an image, whichever cosign wrote them: each major reads
/// only a part of what the other leaves, and one read serves all checks.
/// </summary>
/// <param name="artifacts">The registry.</param>
internal sealed class StatementReader(IArtifacts artifacts)
{
    /// <summary>More are no release's: whoever can write to the registry could keep every reader busy.</summary>
    public const int Most = 500;

    /// <summary>A bill of materials has some 100 KB; what is larger than this is not read.</summary>
    public const int Largest = 32 * 1024 * 1024;

    private const string PredicateTypeAnnotation = "predicateType";
    private const int AtOnce = 8;

    /// <summary>Reads them.</summary>
    /// <returns>Signatures first; those of cosign 2 in the order in which they were made.</returns>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Failed"/>: the registry does not answer, or has no such image.
    /// </exception>
    public async Task<IReadOnlyList<StoredStatement>> ReadAsync(
        Claim what,
        CancellationToken cancel
    )
    {
        var image = artifacts.ManifestAsync(what.Repository, what.Digest, cancel);
        var signatures = AttachedAsync(what, ".sig", SignedStatement.Signature, cancel);
        var attestations = AttachedAsync(what, ".att", SignedStatement.Attestation, cancel);
        var bundles = BundlesAsync(what, cancel);
        await Task.WhenAll(image, signatures, attestations, bundles);
        if (await image is null)
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"There is no {what.Short} in {what.Repository}: ./build.sh Push brings it there."
            );
        }
        StoredStatement[] all = [.. await signatures, .. await attestations, .. await bundles];
        return [.. all.OrderBy(s => s.IsSignature ? 0 : 1)];
    }

    /// <summary>As cosign 2 keeps them: one manifest under a tag of the digest, a layer each.</summary>
    private async Task<StoredStatement[]> AttachedAsync(
        Claim what,
        string suffix,
        string kind,
        CancellationToken cancel
    )
    {
        var tag = what.DigestTag() + suffix;
        StoredManifest? manifest;
        try
        {
            manifest = await artifacts.ManifestAsync(what.Repository, tag, cancel);
        }
        catch (InvalidDataException)
        {
            return
            [
                StoredStatement.Damaged(kind, TypeOf(kind), default, $"{tag} has another content"),
            ];
        }
        var layers = manifest is null ? [] : ManifestParts.Layers(manifest.Content);
        return await EachAsync(
            what,
            layers,
            async (layer, one) =>
            {
                var announced = TypeOf(kind) ?? layer.Annotation(PredicateTypeAnnotation);
                var (bytes, damage) = await BlobAsync(what, layer, one);
                return damage is not null ? StoredStatement.Damaged(kind, announced, bytes, damage)
                    : kind == SignedStatement.Signature
                        ? SimpleSigning.Read(
                            bytes,
                            layer.Annotation(SimpleSigning.SignatureAnnotation)
                        )
                    : DsseStatement.Read(bytes, announced, bundled: false);
            },
            cancel
        );
    }

    // of a signature there is but one type, also where it cannot be read
    private static string? TypeOf(string kind) =>
        kind == SignedStatement.Signature ? SimpleSigning.DocumentType : null;

    /// <summary>As cosign 3 keeps them: a manifest each that refers to the image, with a bundle as its layer.</summary>
    private async Task<StoredStatement[]> BundlesAsync(Claim what, CancellationToken cancel)
    {
        var referrers = await artifacts.ReferrersAsync(what.Repository, what.Digest, cancel);
        var found = await EachAsync(
            what,
            [.. referrers.Where(r => Digest.IsWhole(r.Digest))],
            (referrer, one) => BundleAsync(what, referrer, one),
            cancel
        );
        return [.. found.OfType<StoredStatement>()];
    }

    /// <returns>Null: what refers to the image is something else.</returns>
    private async Task<StoredStatement?> BundleAsync(
        Claim what,
        Descriptor referrer,
        CancellationToken cancel
    )
    {
        StoredManifest? manifest;
        try
        {
            manifest = await artifacts.ManifestAsync(what.Repository, referrer.Digest, cancel);
        }
        catch (InvalidDataException)
        {
            return Broken($"{Digest.Short(referrer.Digest)} has another content");
        }
        if (manifest is null)
        {
            return Broken($"{Digest.Short(referrer.Digest)} is gone");
        }
        var layer = ManifestParts
            .Layers(manifest.Content)
            .FirstOrDefault(l =>
                l.MediaType.StartsWith(Bundle.MediaType, StringComparison.Ordinal)
            );
        if (layer is null)
        {
            return null;
        }
        var announced = ManifestParts.Annotation(manifest.Content, Bundle.PredicateTypeAnnotation);
        var (bytes, damage) = await BlobAsync(what, layer, cancel);
        return damage is null
            ? Bundle.Read(bytes, announced)
            : StoredStatement.Damaged(
                DsseStatement.KindOf(announced),
                announced,
                bytes,
                damage,
                bundled: true
            );

        StoredStatement Broken(string damage) =>
            StoredStatement.Damaged(
                SignedStatement.Attestation,
                referrer.Annotation(Bundle.PredicateTypeAnnotation),
                default,
                damage,
                bundled: true
            );
    }

    private async Task<T[]> EachAsync<T>(
        Claim what,
        IReadOnlyList<Descriptor> all,
        Func<Descriptor, CancellationToken, Task<T>> read,
        CancellationToken cancel
    )
    {
        if (all.Count > Most)
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"{all.Count} statements lie beside {what.Short} in {what.Repository}, and no more than {Most} are read: `cosign clean {what.Repository}@{what.Digest}` takes them away, ./build.sh Release makes them again."
            );
        }
        var results = new T[all.Count];
        await Parallel.ForAsync(
            0,
            all.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (i, one) => results[i] = await read(all[i], one)
        );
        return results;
    }

    private async Task<(ReadOnlyMemory<byte> Bytes, string? Damage)> BlobAsync(
        Claim what,
        Descriptor blob,
        CancellationToken cancel
    )
    {
        using var bytes = new MemoryStream();
        if (blob.Size > Largest)
        {
            return (default, TooLarge(blob));
        }
        try
        {
            await using var content = await artifacts.OpenAsync(
                what.Repository,
                blob.Digest,
                cancel
            );
            var buffer = new byte[16 * 1024];
            while (await content.ReadAsync(buffer, cancel) is > 0 and var read)
            {
                if (bytes.Length + read > Largest)
                {
                    return (default, TooLarge(blob));
                }
                await bytes.WriteAsync(buffer.AsMemory(0, read), cancel);
            }
            return (bytes.ToArray(), null);
        }
        catch (FileNotFoundException)
        {
            return (default, $"{Digest.Short(blob.Digest)} is gone");
        }
        catch (InvalidDataException)
        {
            return (bytes.ToArray(), $"{Digest.Short(blob.Digest)} has another content");
        }
    }

    private static string TooLarge(Descriptor blob) =>
        $"{Digest.Short(blob.Digest)} is larger than 32 MiB";
}
