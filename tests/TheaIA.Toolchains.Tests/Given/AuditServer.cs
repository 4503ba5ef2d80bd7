using System.Net;
using System.Text;
using TheaIA.Tests;

namespace TheaIA.Toolchains.Tests.Given;

/// <summary>A NuGet source on loopback that serves vulnerability data, or none.</summary>
public sealed class AuditServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Dictionary<string, string> pages = new(StringComparer.Ordinal);

    /// <param name="vulnerabilities">Its data: package to list; null: it has no such resource.</param>
    public AuditServer(string? vulnerabilities)
    {
        var root = $"http://127.0.0.1:{TestPorts.Free()}/";
        Index = root + "v3/index.json";
        pages["/v3/index.json"] = vulnerabilities is null
            ? """{ "version": "3.0.0", "resources": [] }"""
            : $$"""
                {
                  "version": "3.0.0",
                  "resources": [ { "@id": "{{root}}known.json", "@type": "VulnerabilityInfo/6.7.0" } ]
                }
                """;
        pages["/known.json"] = $$"""
            [ { "@name": "base", "@id": "{{root}}base.json", "@updated": "2026-11-24T00:00:00Z" } ]
            """;
        pages["/base.json"] = vulnerabilities ?? "{}";
        listener.Prefixes.Add(root);
        listener.Start();
        _ = ServeAsync();
    }

    public string Index { get; }

    /// <summary>Which pages were asked for.</summary>
    public System.Collections.Concurrent.ConcurrentBag<string> Asked { get; } = [];

    public void Dispose() => listener.Close();

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception closed)
                when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            var path = context.Request.Url!.AbsolutePath;
            Asked.Add(path);
            if (pages.TryGetValue(path, out var page))
            {
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(page));
            }
            else
            {
                context.Response.StatusCode = 404;
            }
            context.Response.Close();
        }
    }
}
