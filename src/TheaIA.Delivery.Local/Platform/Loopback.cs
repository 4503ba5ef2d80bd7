using System.Net;

namespace TheaIA.Delivery.Local.Platform;

/// <summary>What a GET brought.</summary>
/// <param name="Status">The status code; null: no answer.</param>
/// <param name="Body">The body; without an answer: why.</param>
internal sealed record Answer(int? Status, string Body)
{
    public bool IsOk => Status == (int)HttpStatusCode.OK;

    /// <summary><c>answered 503</c> or <c>was not answered</c>.</summary>
    public override string ToString() =>
        Status is { } status ? $"answered {status}" : "was not answered";
}

/// <summary>HTTP on this machine, past any proxy.</summary>
internal static class Loopback
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false })
    {
        Timeout = TimeSpan.FromSeconds(5),
    };

    /// <summary>Asks; no answer is an answer too.</summary>
    public static async Task<Answer> GetAsync(string url, CancellationToken cancel)
    {
        try
        {
            using var response = await Client.GetAsync(new Uri(url), cancel);
            return new Answer(
                (int)response.StatusCode,
                await response.Content.ReadAsStringAsync(cancel)
            );
        }
        catch (Exception e)
            when (e is HttpRequestException or OperationCanceledException
                && !cancel.IsCancellationRequested
            )
        {
            return new Answer(null, e.Message);
        }
    }
}
