using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Format;
using TheaIA.Delivery.Oci.Layout;
using TheaIA.Delivery.Oci.Registry.Http;
using TheaIA.Delivery.Oci.Registry.Reading;

namespace TheaIA.Delivery.Oci.Registry.Pushing;

/// <summary>
/// Brings one blob into a registry. A small one in one piece; a large one in chunks, which goes on where
/// the registry says it is after a break, and from the start when the registry knows nothing of it any more.
/// </summary>
/// <param name="repository">Where to.</param>
/// <param name="source">The layout that has it.</param>
/// <param name="blob">Which one.</param>
internal sealed class BlobUpload(RemoteRepository repository, ImageLayout source, Descriptor blob)
{
    /// <summary>A registry that loses an upload so often loses the next one too.</summary>
    private const int MostStarts = 5;

    private readonly UploadRequests requests = new(repository, blob);
    private readonly RegistryHttp http = repository.Http;
    private int starts;
    private long sent;

    /// <param name="mountFrom">Another repository of the registry that may have it. Null: none is known.</param>
    /// <param name="cancel">Taken between two requests.</param>
    /// <returns>False: it was there, or in the other repository; nothing was sent.</returns>
    public async Task<bool> RunAsync(string? mountFrom, CancellationToken cancel)
    {
        if (await repository.HasAsync(blob, cancel))
        {
            return false;
        }
        var (mounted, session) = mountFrom is null
            ? (false, null)
            : await requests.MountAsync(mountFrom, cancel);
        if (mounted)
        {
            return false;
        }
        await using var file = Open();
        var retry = http.Retry();
        for (var broken = false; ; )
        {
            PassingException failure;
            try
            {
                if (broken)
                {
                    session = session is null ? null : await WhereAsync(session, cancel);
                    if (session is null && await repository.HasAsync(blob, cancel))
                    {
                        return true; // its last answer was lost on the way
                    }
                    broken = false;
                }
                session = await StepAsync(session, file, cancel);
                if (session is null)
                {
                    return true;
                }
                retry.Progressed();
                continue;
            }
            catch (UploadLostException)
            {
                session = null;
                broken = true;
                continue;
            }
            catch (PassingException passing)
            {
                failure = passing;
            }
            broken = true;
            if (!await retry.AgainAsync(failure.RetryAfter, cancel))
            {
                throw http.Refusals.GaveUp(requests.What, failure, retry.Tries);
            }
        }
    }

    private BlobFile Open()
    {
        var path = source.BlobPath(blob.Digest);
        if (!File.Exists(path))
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"There is no {blob.Digest} in {source.Name}: {source.Mend}."
            );
        }
        return new FileInfo(path).Length == blob.Size
            ? new BlobFile(path, source.Damaged(blob.Digest))
            : throw new OutcomeException(Outcome.Failed, source.Damaged(blob.Digest));
    }

    /// <summary>How far an upload is; null: the registry does not know it, or says what cannot be.</summary>
    private async Task<UploadSession?> WhereAsync(UploadSession session, CancellationToken cancel)
    {
        var found = await requests.AskAsync(session, cancel);
        return found is null || found.At < 0 || found.At > sent ? null : found;
    }

    /// <summary>One request further; null: the blob is in.</summary>
    private async Task<UploadSession?> StepAsync(
        UploadSession? session,
        BlobFile file,
        CancellationToken cancel
    )
    {
        if (session is null)
        {
            if (starts == MostStarts)
            {
                throw http.Refusals.Strange(
                    requests.What,
                    $"it lost it {MostStarts} times before it was whole"
                );
            }
            session = await requests.StartAsync(cancel);
            starts++; // one that was refused in passing was not lost
            return session;
        }
        var length = Math.Max(http.Access.Chunk, session.LeastChunk);
        var left = blob.Size - session.At;
        // what fits into one request needs no other
        if (left == 0 || session.At == 0 && left <= length)
        {
            var rest = await file.ReadAsync(session.At, length, cancel);
            if (file.WholeDigest() != blob.Digest)
            {
                throw new OutcomeException(Outcome.Failed, source.Damaged(blob.Digest));
            }
            sent = blob.Size;
            await requests.CloseAsync(session, rest, cancel);
            return null;
        }
        var chunk = await file.ReadAsync(session.At, length, cancel);
        sent = Math.Max(sent, session.At + chunk.Length);
        var next =
            await requests.SendAsync(session, chunk, cancel) ?? await WhereAsync(session, cancel);
        // one that does not move, or says that it has more than it was sent, is begun anew
        return next is null || next.At == session.At || next.At > sent
            ? throw new UploadLostException()
            : next;
    }
}
