using System.Net;
using TheaIA.Delivery.Oci.Layout;
using TheaIA.Delivery.Oci.Registry.Http;

namespace TheaIA.Delivery.Oci.Registry.Reading;

/// <summary>The bytes of a blob as a registry sends them; when the line breaks it goes on where it broke.</summary>
internal sealed class ResumingStream : OneWayStream
{
    /// <summary>So much without a break is progress; a registry that breaks sooner each time is given up.</summary>
    private const long Progress = 1024 * 1024;

    private readonly RegistryHttp http;
    private readonly Ask ask;
    private readonly Retry retry;
    private Answer? answer;
    private BodyReader? body;
    private long at;
    private long brokeAt;

    private ResumingStream(RegistryHttp http, Ask ask) =>
        (this.http, this.ask, retry) = (http, ask, http.Retry());

    public override bool CanRead => true;

    /// <summary>Begins to read.</summary>
    /// <exception cref="FileNotFoundException">There is no such blob.</exception>
    public static async Task<ResumingStream> OpenAsync(
        RemoteRepository repository,
        string digest,
        CancellationToken cancel
    )
    {
        var ask = new Ask(
            HttpMethod.Get,
            repository.Address.Url($"blobs/{digest}"),
            $"{digest} of {repository.Address.Path}",
            repository.Scope
        );
        var answer = await repository.Http.AskAsync(ask, cancel);
        switch (answer.Status)
        {
            case HttpStatusCode.OK:
                return new ResumingStream(repository.Http, ask)
                {
                    answer = answer,
                    body = await repository.Http.BodyAsync(answer, cancel),
                };
            case HttpStatusCode.NotFound:
                answer.Dispose();
                throw new FileNotFoundException(repository.Missing(digest));
            default:
                using (answer)
                {
                    throw repository.Http.Refusals.Refused(ask.What, answer);
                }
        }
    }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        while (true)
        {
            PassingException failure;
            try
            {
                if (body is null)
                {
                    await ReopenAsync(cancellationToken);
                }
                var read = await body!.ReadAsync(buffer, cancellationToken);
                at += read;
                return read;
            }
            catch (PassingException broken)
            {
                failure = broken;
            }
            Drop();
            if (at - brokeAt >= Progress)
            {
                retry.Progressed();
            }
            brokeAt = at;
            if (!await retry.AgainAsync(failure.RetryAfter, cancellationToken))
            {
                throw http.Refusals.GaveUp(ask.What, failure, retry.Tries);
            }
        }
    }

    // few read so, and none that could wait otherwise
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None)
            .AsTask()
            .GetAwaiter()
            .GetResult();

    protected override void Dispose(bool disposing)
    {
        Drop();
        base.Dispose(disposing);
    }

    private async Task ReopenAsync(CancellationToken cancel)
    {
        answer = await http.OnceAsync(ask with { From = at }, cancel);
        switch (answer.Status)
        {
            case HttpStatusCode.PartialContent when answer.Content.Headers.ContentRange?.From == at:
                body = await http.BodyAsync(answer, cancel);
                return;
            // it does not know ranges: what is known already is read over
            case HttpStatusCode.OK:
                body = await http.BodyAsync(answer, cancel);
                var over = new byte[64 * 1024];
                for (var left = at; left > 0; )
                {
                    var read = await body.ReadAsync(
                        over.AsMemory(0, (int)Math.Min(left, over.Length)),
                        cancel
                    );
                    left -=
                        read > 0
                            ? read
                            : throw new PassingException("the blob became shorter")
                            {
                                Answered = true,
                            };
                }
                return;
            // it broke after the last byte
            case HttpStatusCode.RequestedRangeNotSatisfiable when at > 0:
                body = new BodyReader(Stream.Null, http.Access.Patience.Answer);
                return;
            default:
                throw http.Refusals.Refused(ask.What, answer);
        }
    }

    private void Drop()
    {
        body?.Dispose();
        answer?.Dispose();
        body = null;
        answer = null;
    }
}
