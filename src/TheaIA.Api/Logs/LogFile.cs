using System.Globalization;
using System.Text;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace TheaIA.Api.Logs;

/// <summary>
/// Writes events to a file. When that cannot be done it says so once, on the console, and leaves the
/// file alone until the next start: a full disk is no reason to stop answering.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="format">How an event looks, its line end included.</param>
/// <param name="console">Where it says so.</param>
internal sealed class LogFile(RotatingFile file, ITextFormatter format, Serilog.ILogger console)
    : ILogEventSink,
        IDisposable
{
    private int _givenUp;

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        if (Volatile.Read(ref _givenUp) != 0)
        {
            return;
        }

        try
        {
            using var line = new StringWriter(CultureInfo.InvariantCulture);
            format.Format(logEvent, line);
            file.Append(Encoding.UTF8.GetBytes(line.ToString()));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            if (Interlocked.Exchange(ref _givenUp, 1) == 0)
            {
                console.Warning(
                    "The log file {File} cannot be written, the console has it all: {Reason}",
                    file.Path,
                    refused.Message
                );
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
