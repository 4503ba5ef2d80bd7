using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace TheaIA.Api.Logs;

/// <summary>Structured logs: one JSON object a line, to the console and to logs/theaia.log.</summary>
internal static class ServiceLog
{
    private const long LargestFile = 20 * 1024 * 1024;
    private const int KeptFiles = 5;

    /// <summary>Makes the logger. Without a file that can be written it logs to the console only.</summary>
    /// <param name="dataDirectory">Where logs/ lies or will lie.</param>
    /// <returns>The logger, to be disposed at the end.</returns>
    public static Logger Create(string dataDirectory)
    {
        var json = new RenderedCompactJsonFormatter();
        var console = new LoggerConfiguration().WriteTo.Console(json).CreateLogger();
        var path = Path.Combine(dataDirectory, "logs", "theaia.log");
        var file = new LogFile(new RotatingFile(path, LargestFile, KeptFiles), json, console);
        return new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning)
            .Enrich.FromLogContext()
            .WriteTo.Logger(console, attemptDispose: true)
            .WriteTo.Sink(file)
            .CreateLogger();
    }
}
