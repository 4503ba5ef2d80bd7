using System.Collections;
using System.Runtime.InteropServices;

namespace TheaIA.Delivery.Local.Tests.Service;

/// <summary>A service as small as can be. The file `mode` beside it says how it behaves.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "mode");
        var modes = File.Exists(file) ? await File.ReadAllLinesAsync(file) : [];
        Console.WriteLine("starting");
        if (modes.Contains("exit-3"))
        {
            await Console.Error.WriteLineAsync("connection refused (127.0.0.1:5432)");
            return 3;
        }
        if (modes.Contains("never-listens"))
        {
            using var ignored = modes.Contains("never-ends")
                ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => c.Cancel = true)
                : null;
            await Task.Delay(Timeout.Infinite);
        }
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { Args = args });
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseUrls(args[^1]);
        var app = builder.Build();
        app.Run(context => AnswerAsync(context, modes));
        Console.WriteLine("""{"@t":"2026-01-01T00:00:00Z","@mt":"listening"}""");
        if (modes.Contains("error-line"))
        {
            Console.WriteLine(
                """{"@t":"2026-01-01T00:00:00Z","@l":"Error","@mt":"lost the database"}"""
            );
        }
        await app.RunAsync();
        return 0;
    }

    private static async Task AnswerAsync(HttpContext context, string[] modes)
    {
        if (modes.Contains("later") && File.Exists(Beside("mode")))
        {
            modes = await File.ReadAllLinesAsync(Beside("mode"));
        }
        switch (context.Request.Path.Value)
        {
            case "/health/ready" when modes.Contains("never-ready"):
                context.Response.StatusCode = 503;
                return;
            case "/health/ready"
                when modes.Contains("unready-later") && File.Exists(Beside("unready")):
                context.Response.StatusCode = 503;
                return;
            case "/version" when modes.Contains("no-version"):
                context.Response.StatusCode = 404;
                return;
            case "/version" when modes.Contains("no-digest"):
                await context.Response.WriteAsync("[1]");
                return;
            case "/version" when modes.Contains("text-version"):
                await context.Response.WriteAsync("1.0");
                return;
            case "/version":
                var digest = modes.Contains("wrong-digest")
                    ? "sha256:0000"
                    : Environment.GetEnvironmentVariable("IMAGE_DIGEST");
                await context.Response.WriteAsync(
                    $$"""{"version":"1","imageDigest":"{{digest}}"}"""
                );
                return;
            case "/metrics" when modes.Contains("no-metrics"):
                context.Response.StatusCode = 404;
                return;
            case "/metrics":
                await context.Response.WriteAsync(
                    "# HELP up Is it up.\n"
                        + (modes.Contains("no-samples") ? "" : "up{a=\"b\"} 1\n")
                );
                return;
            case "/slow":
                await Task.Delay(1500);
                await context.Response.WriteAsync(modes.FirstOrDefault() ?? "");
                return;
            case "/environment":
                var variables = Environment
                    .GetEnvironmentVariables()
                    .Cast<DictionaryEntry>()
                    .Select(v => $"{v.Key}={v.Value}")
                    .Order(StringComparer.Ordinal);
                await context.Response.WriteAsync(string.Join('\n', variables));
                return;
            default:
                await context.Response.WriteAsync("hello");
                return;
        }
    }

    private static string Beside(string file) =>
        Path.Combine(Environment.GetEnvironmentVariable("DATA_DIR")!, file);
}
