using System.Net.Http.Headers;
using System.Text;

namespace TheaIA.Delivery.Aws.Tests.Given;

/// <summary>One moto for a class of tests, since its start takes seconds; each test has a repository of its own.</summary>
public sealed class Moto : IAsyncDisposable
{
    private ServerProcess? _server;

    /// <summary>Where its API is; the first test that asks starts it, or is skipped where there is none.</summary>
    public async Task<string> UrlAsync()
    {
        var program = Real.Need("moto_server");
        _server ??= await ServerProcess.StartAsync(
            program,
            (port, _) => ["-H", "127.0.0.1", "-p", $"{port}"],
            answersAt: "/moto-api/data.json"
        );
        return $"http://{_server.Host}";
    }

    /// <summary>Asks ECR by hand, which needs no aws: that takes a second to start.</summary>
    /// <param name="operation">As ECR's API has it: CreateRepository.</param>
    /// <param name="body">JSON.</param>
    public async Task<string> AskAsync(string operation, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, await UrlAsync())
        {
            Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.1"),
        };
        request.Headers.Add("X-Amz-Target", $"AmazonEC2ContainerRegistry_V20150921.{operation}");
        // it looks for the service that is meant, and at no signature
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "AWS4-HMAC-SHA256",
            "Credential=test/20261128/eu-west-1/ecr/aws4_request, SignedHeaders=host, Signature=0"
        );
        using var http = new HttpClient();
        using var answer = await http.SendAsync(request, StandInAws.Cancel);
        var text = await answer.Content.ReadAsStringAsync(StandInAws.Cancel);
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return text;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
