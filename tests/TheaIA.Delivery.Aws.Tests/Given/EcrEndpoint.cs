using System.Net;
using System.Text;
using System.Text.Json;

namespace TheaIA.Delivery.Aws.Tests.Given;

/// <summary>
/// Stands where the API of ECR stands, for what moto does not do: pages, refusals. Each call is answered in
/// its order, the last answer again and again.
/// </summary>
internal sealed class EcrEndpoint : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Queue<(int Status, string Body)> _answers = new();
    private readonly Task _served;

    public EcrEndpoint(params (int Status, object Body)[] answers)
    {
        foreach (var (status, body) in answers)
        {
            _answers.Enqueue((status, JsonSerializer.Serialize(body)));
        }

        Url = $"http://127.0.0.1:{TestPorts.Free()}/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _served = ServeAsync();
    }

    public string Url { get; }

    /// <summary>What was asked: the operation and its parameters.</summary>
    public List<(string Operation, string Body)> Asked { get; } = [];

    /// <summary>A refusal as the service writes it.</summary>
    public static (int, object) Refusal(string code, string message) =>
        (400, new Dictionary<string, string> { ["__type"] = code, ["message"] = message });

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _served;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // closed
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream);
            var body = await reader.ReadToEndAsync();
            Asked.Add((context.Request.Headers["X-Amz-Target"]!.Split('.')[^1], body));
            var (status, answer) = _answers.Count > 1 ? _answers.Dequeue() : _answers.Peek();
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/x-amz-json-1.1";
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer));
            context.Response.Close();
        }
    }
}
