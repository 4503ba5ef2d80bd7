using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Format;
using TheaIA.Delivery.Oci.Registry.Reading;

namespace TheaIA.Delivery.Oci.Registry.Pushing;

/// <summary>Sets tags: those of a commit, which are never moved, and those of an environment, which are.</summary>
internal sealed class Tagging(RemoteRepository repository)
{
    /// <summary>Sets it; does nothing when it names the image already.</summary>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Failed"/>: it names another image, or the registry has not got this one.
    /// </exception>
    public async Task SetAsync(Claim what, string tag, CancellationToken cancel)
    {
        if (await IsSetAsync(what, tag, cancel))
        {
            return;
        }
        try
        {
            await PutAsync(what, tag, cancel);
        }
        catch (OutcomeException)
        {
            // somebody else was quicker with it, which registries refuse each in their own words
            if (!await IsSetAsync(what, tag, cancel))
            {
                throw;
            }
        }
    }

    /// <summary>Sets it, whatever it named; does nothing when it names the image already.</summary>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Failed"/>: the registry has not got the image, or does not take the tag.
    /// </exception>
    public async Task MoveAsync(Claim what, string tag, CancellationToken cancel)
    {
        if ((await repository.ManifestAsync(tag, cancel))?.Digest != what.Digest)
        {
            await PutAsync(what, tag, cancel);
        }
    }

    private async Task PutAsync(Claim what, string tag, CancellationToken cancel)
    {
        var manifest =
            await repository.ManifestAsync(what.Digest, cancel)
            ?? throw new OutcomeException(
                Outcome.Failed,
                $"There is no {what.Short} of {repository.Address.Path} in {repository.Address.Host} to tag: ./build.sh Push brings it there."
            );
        var type = manifest.Document()?.MediaType ?? manifest.MediaType;
        await new ManifestPut(repository).RunAsync(tag, manifest.Bytes, type, cancel);
    }

    private async Task<bool> IsSetAsync(Claim what, string tag, CancellationToken cancel)
    {
        var now = (await repository.ManifestAsync(tag, cancel))?.Digest;
        return now is null || now == what.Digest
            ? now is not null
            : throw new OutcomeException(
                Outcome.Failed,
                $"The tag {tag} of {repository.Address.Path} in {repository.Address.Host} names {Digest.Short(now)}, not {what.Short}, and a tag is never moved: commit what changed, then push again."
            );
    }
}
