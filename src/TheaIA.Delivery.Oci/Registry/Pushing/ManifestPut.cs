using System.Net;
using System.Security.Cryptography;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Format;
using TheaIA.Delivery.Oci.Registry.Http;
using TheaIA.Delivery.Oci.Registry.Reading;

namespace TheaIA.Delivery.Oci.Registry.Pushing;

/// <summary>Puts a manifest under its digest or a tag.</summary>
internal sealed class ManifestPut(RemoteRepository repository)
{
    private readonly RegistryHttp http = repository.Http;

    /// <summary>Puts it, and reads it back.</summary>
    /// <param name="reference">The digest or tag.</param>
    /// <param name="bytes">The document.</param>
    /// <param name="mediaType">What it is.</param>
    /// <param name="cancel">Ends the call.</param>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Failed"/>: the registry refuses it, names another digest for it, or forgets it.
    /// </exception>
    public async Task RunAsync(
        string reference,
        byte[] bytes,
        string mediaType,
        CancellationToken cancel
    )
    {
        var digest = Digest.Of(SHA256.HashData(bytes));
        var what =
            reference == digest
                ? $"the manifest of {repository.Address.Path}"
                : $"the tag {reference} of {repository.Address.Path}";
        using (
            var answer = await http.AskAsync(
                new Ask(
                    HttpMethod.Put,
                    repository.Address.Url($"manifests/{reference}"),
                    what,
                    repository.Scope
                )
                {
                    Body = bytes,
                    BodyType = mediaType,
                    Patience = http.Access.Patience.Commit,
                },
                cancel
            )
        )
        {
            if (answer.Status is not (HttpStatusCode.Created or HttpStatusCode.OK))
            {
                throw http.Refusals.Refused(what, answer);
            }
            if (answer.Digest is { } told && told != digest)
            {
                throw http.Refusals.Lies(what, told, digest);
            }
        }
        var kept = await repository.ManifestAsync(reference, cancel);
        if (kept is null)
        {
            throw http.Refusals.Forgets(what);
        }
        if (kept.Digest != digest)
        {
            throw http.Refusals.Lies(what, kept.Digest, digest);
        }
    }
}
