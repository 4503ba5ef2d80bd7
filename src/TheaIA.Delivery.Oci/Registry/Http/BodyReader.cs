namespace TheaIA.Delivery.Oci.Registry.Http;

/// <summary>Reads an answer's body; one that breaks or stands still is a <see cref="PassingException"/>.</summary>
/// <param name="body">The body.</param>
/// <param name="patience">How long nothing may come.</param>
internal sealed class BodyReader(Stream body, TimeSpan patience) : IDisposable
{
    private CancellationTokenSource quiet = new();

    /// <summary>The next bytes; 0 at the end.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        if (!quiet.TryReset())
        {
            // it ran out while the reader did something else
            quiet.Dispose();
            quiet = new CancellationTokenSource();
        }
        await using var passing = cancel.UnsafeRegister(
            static source => ((CancellationTokenSource)source!).Cancel(),
            quiet
        );
        try
        {
            quiet.CancelAfter(patience);
            return await body.ReadAsync(buffer, quiet.Token);
        }
        catch (OperationCanceledException late)
        {
            cancel.ThrowIfCancellationRequested();
            throw new PassingException($"nothing came for {patience.TotalSeconds:0.#} s", late);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            throw new PassingException(Transport.Words(broken), broken);
        }
    }

    public void Dispose()
    {
        quiet.Dispose();
        body.Dispose();
    }
}
