using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TheaIA.Api.Tests;

/// <summary>The service as Program.cs starts it, in this process, with a data folder of its own.</summary>
public sealed class RunningService : WebApplicationFactory<Program>
{
    private readonly string _data = Directory.CreateTempSubdirectory("theaia-api-").FullName;
    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);
    private Action<IServiceCollection> _services = static _ => { };

    public RunningService() => _settings["DATA_DIR"] = _data;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public string DataDirectory => _data;

    public string LogFile => Path.Combine(_data, "logs", "theaia.log");

    public IHostApplicationLifetime Life => Services.GetRequiredService<IHostApplicationLifetime>();

    public RunningService With(string setting, string value)
    {
        _settings[setting] = value;
        return this;
    }

    public RunningService With(Action<IServiceCollection> services)
    {
        _services += services;
        return this;
    }

    /// <summary>Over a real Kestrel on a free port, not in memory.</summary>
    public RunningService OverTcp()
    {
        // not UseKestrel(0): that sets the port while the program may be listening already
        With("urls", "http://127.0.0.1:0");
        UseKestrel();
        StartServer();
        return this;
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        using var client = CreateClient();
        return await AsJsonAsync(await client.GetAsync(new Uri(path, UriKind.Relative), Cancel));
    }

    public async Task<string> GetTextAsync(string path)
    {
        using var client = CreateClient();
        return await client.GetStringAsync(new Uri(path, UriKind.Relative), Cancel);
    }

    public async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(string path, object? body)
    {
        using var client = CreateClient();
        using var answer = await client.PostAsJsonAsync(path, body, Cancel);
        return (answer.StatusCode, await AsJsonAsync(answer));
    }

    public async Task<string> BeginAsync(string? subject = null)
    {
        var (status, body) = await PostAsync("/v1/conversations", new { subject });
        status.ShouldBe(HttpStatusCode.Created);
        return body["id"].ShouldNotBeNull().GetValue<string>();
    }

    public Task<(HttpStatusCode Status, JsonNode Body)> HappenAsync(string id, string name) =>
        PostAsync($"/v1/conversations/{id}/events", new { @event = name });

    public static async Task<JsonNode> AsJsonAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel)).ShouldNotBeNull();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in _settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureTestServices(_services);
    }
}
