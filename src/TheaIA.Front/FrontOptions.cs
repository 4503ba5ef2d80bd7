using System.Globalization;

namespace TheaIA.Front;

/// <summary>The command line of the front.</summary>
/// <param name="Port">Where it listens, on 127.0.0.1 and on [::1].</param>
/// <param name="CurrentFile">The file that says who serves.</param>
internal sealed record FrontOptions(int Port, string CurrentFile)
{
    private const string Usage = "Usage: dotnet TheaIA.Front.dll --port PORT --current FILE";

    /// <summary>Reads the command line.</summary>
    /// <param name="args">What was typed.</param>
    /// <exception cref="ArgumentException">One sentence: what is wrong, and how it is called.</exception>
    public static FrontOptions Parse(IReadOnlyList<string> args)
    {
        if (args is not ["--port", var port, "--current", { Length: > 0 } file])
        {
            throw new ArgumentException($"The front takes a port and a file. {Usage}");
        }

        return
            int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and <= 65535
            ? new FrontOptions(number, file)
            : throw new ArgumentException($"--port '{port}' is no port (1 to 65535). {Usage}");
    }
}
