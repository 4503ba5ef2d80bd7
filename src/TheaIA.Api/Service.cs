using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Serilog;
using Serilog.Events;
using TheaIA.Api.Agents;
using TheaIA.Api.Conversations;
using TheaIA.Api.Errors;
using TheaIA.Api.Health;
using TheaIA.Api.Logs;
using TheaIA.Api.Measures;

namespace TheaIA.Api;

/// <summary>What the service consists of, in the order in which a request meets it.</summary>
internal static class Service
{
    /// <summary>Settings are read once: a release does not change, and watching its folder costs time.</summary>
    public const string NothingReloads = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>The largest request body, in bytes: 64 KB.</summary>
    public const int LargestBody = 64 * 1024;

    /// <summary>Registers the parts.</summary>
    /// <param name="builder">The host's builder.</param>
    public static void Add(WebApplicationBuilder builder)
    {
        var settings = Settings.From(builder.Configuration, builder.Environment);
        builder.Logging.ClearProviders();
        builder.Services.AddSerilog(ServiceLog.Create(settings.DataDirectory), dispose: true);

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            // a few bytes now and then are slow, not dead; the body is small anyway
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(
                bytesPerSecond: 10,
                gracePeriod: TimeSpan.FromSeconds(30)
            );
        });
        // ended within 10 s: what is in flight has 9 of them
        builder.Services.Configure<HostOptions>(host =>
            host.ShutdownTimeout = TimeSpan.FromSeconds(9)
        );
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        builder.Services.AddProblems();
        builder.Services.AddOpenApi(OpenApi.Configure);

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services =>
            BuildInfo.Of(
                typeof(Service).Assembly,
                settings.ImageDigest,
                services.GetRequiredService<TimeProvider>().GetUtcNow()
            )
        );
        builder.Services.AddSingleton<IConversations>(new MemoryConversations(capacity: 10_000));
        builder.Services.AddSingleton<Dialogue>();
        builder.Services.AddSingleton(services => new AgentRoster(
            settings.Agents,
            services.GetRequiredService<IConversations>()
        ));
        builder.Services.AddSingleton<ServiceMetrics>();
    }

    /// <summary>Puts the parts in order and maps the endpoints.</summary>
    /// <param name="app">The host.</param>
    public static void Use(WebApplication app)
    {
        // made now, so that it tells when the service began and not when somebody first asked
        app.Services.GetRequiredService<BuildInfo>();

        app.UseSerilogRequestLogging(log =>
        {
            log.Logger = app.Services.GetRequiredService<Serilog.ILogger>();
            log.GetLevel = (context, _, _) =>
                Probes.Asks(context) ? LogEventLevel.Debug : LogEventLevel.Information;
        });
        app.UseServiceMetrics();
        app.UseProblems();

        app.MapProbes();
        app.MapServiceMetrics();
        app.MapOpenApi();
        app.MapConversations();
        app.MapAgents();
    }
}
