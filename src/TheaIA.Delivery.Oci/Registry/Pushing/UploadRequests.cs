using System.Net;
using TheaIA.Delivery.Oci.Format;
using TheaIA.Delivery.Oci.Registry.Http;
using TheaIA.Delivery.Oci.Registry.Reading;

namespace TheaIA.Delivery.Oci.Registry.Pushing;

/// <summary>The requests of which an upload consists (distribution spec 1.1, pushing blobs); each is sent once.</summary>
internal sealed class UploadRequests(RemoteRepository repository, Descriptor blob)
{
    private readonly RegistryHttp http = repository.Http;

    /// <summary>How errors name it.</summary>
    public string What { get; } =
        $"the upload of {Digest.Short(blob.Digest)} to {repository.Address.Path}";

    public async Task<UploadSession> StartAsync(CancellationToken cancel)
    {
        using var answer = await http.OnceAsync(
            Ask(HttpMethod.Post, repository.Address.Url("blobs/uploads/")),
            cancel
        );
        return answer.Status == HttpStatusCode.Accepted
            ? UploadSession.Started(http, answer)
                ?? throw http.Refusals.Strange(What, "it names no location for it")
            : throw http.Refusals.Refused(What, answer);
    }

    /// <summary>Asks whether the registry takes it from another repository; if not, an upload may be open.</summary>
    public async Task<(bool Mounted, UploadSession? Session)> MountAsync(
        string from,
        CancellationToken cancel
    )
    {
        var query = $"?mount={Uri.EscapeDataString(blob.Digest)}&from={Uri.EscapeDataString(from)}";
        using var answer = await http.AskAsync(
            Ask(HttpMethod.Post, repository.Address.Url($"blobs/uploads/{query}")) with
            {
                Scope = repository.Scope with { MountFrom = from },
            },
            cancel
        );
        return answer.Status switch
        {
            HttpStatusCode.Created => (true, null),
            HttpStatusCode.Accepted => (false, UploadSession.Started(http, answer)),
            // no right to read there, no such repository: it is sent, then
            _ => (false, null),
        };
    }

    /// <summary>Sends a chunk.</summary>
    /// <returns>Null: the registry stands elsewhere (416).</returns>
    public async Task<UploadSession?> SendAsync(
        UploadSession session,
        ReadOnlyMemory<byte> chunk,
        CancellationToken cancel
    )
    {
        using var answer = await http.OnceAsync(
            Ask(HttpMethod.Patch, session.Location) with
            {
                Body = chunk,
                BodyAt = session.At,
                Patience = http.Access.Patience.Chunk,
            },
            cancel
        );
        return answer.Status switch
        {
            HttpStatusCode.Accepted or HttpStatusCode.NoContent or HttpStatusCode.Created =>
                session.After(http, answer, session.At + chunk.Length),
            HttpStatusCode.RequestedRangeNotSatisfiable => null,
            _ when IsLost(answer) => throw new UploadLostException(),
            _ => throw http.Refusals.Refused(What, answer),
        };
    }

    /// <summary>How far it is, -1 where the registry does not say; null: it does not know the upload.</summary>
    public async Task<UploadSession?> AskAsync(UploadSession session, CancellationToken cancel)
    {
        using var answer = await http.OnceAsync(Ask(HttpMethod.Get, session.Location), cancel);
        return
            answer.Status
                is HttpStatusCode.NoContent
                    or HttpStatusCode.OK
                    or HttpStatusCode.Accepted
            ? session.After(http, answer, otherwise: -1)
            : null;
    }

    /// <summary>Sends what is left and has the blob closed under its digest.</summary>
    public async Task CloseAsync(
        UploadSession session,
        ReadOnlyMemory<byte> rest,
        CancellationToken cancel
    )
    {
        using var answer = await http.OnceAsync(
            Ask(HttpMethod.Put, session.Closing(blob.Digest)) with
            {
                Body = rest,
                Patience = http.Access.Patience.Commit,
            },
            cancel
        );
        if (IsLost(answer))
        {
            throw new UploadLostException();
        }
        if ((int)answer.Status is not (>= 200 and < 300))
        {
            throw http.Refusals.Refused(What, answer);
        }
        if (answer.Digest is { } told && told != blob.Digest)
        {
            throw http.Refusals.Lies(What, told, blob.Digest);
        }
    }

    // docker-registry says it of an upload that stands elsewhere than its location tells, too
    private static bool IsLost(Answer answer) =>
        answer.Error?.Code is "BLOB_UPLOAD_UNKNOWN" or "BLOB_UPLOAD_INVALID"
        || answer.Status == HttpStatusCode.NotFound && answer.Error?.Code != "NAME_UNKNOWN";

    private Ask Ask(HttpMethod method, Uri url) => new(method, url, What, repository.Scope);
}
