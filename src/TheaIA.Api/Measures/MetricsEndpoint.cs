using Prometheus;

namespace TheaIA.Api.Measures;

/// <summary>Wires the figures to the host.</summary>
internal static class MetricsEndpoint
{
    /// <summary>Measures every request from here on.</summary>
    /// <param name="app">The host.</param>
    public static void UseServiceMetrics(this WebApplication app)
    {
        var metrics = app.Services.GetRequiredService<ServiceMetrics>();
        app.Use((context, next) => metrics.MeasureAsync(context, next));
    }

    /// <summary>Answers scrapes at /metrics.</summary>
    /// <param name="app">The host.</param>
    public static void MapServiceMetrics(this WebApplication app)
    {
        var metrics = app.Services.GetRequiredService<ServiceMetrics>();
        app.MapMetrics(settings => settings.Registry = metrics.Registry);
    }
}
