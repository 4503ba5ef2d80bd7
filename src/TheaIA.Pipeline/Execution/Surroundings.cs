using System.Collections;
using System.Text;

namespace TheaIA.Pipeline;

/// <summary>All that a run takes from outside; tests hand in their own.</summary>
internal sealed class Surroundings : IDisposable
{
    public required IReadOnlyList<string> Arguments { get; init; }
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
    public required TextWriter Output { get; init; }

    /// <summary>For what is wrong before anything runs.</summary>
    public required TextWriter Error { get; init; }
    public required string CurrentDirectory { get; init; }
    public TimeProvider Time { get; init; } = TimeProvider.System;
    public int ProcessId { get; init; } = System.Environment.ProcessId;

    /// <summary>The process is this run's own: all its children are, and its standard output.</summary>
    public bool OwnsProcess { get; init; }

    /// <summary>The output is a terminal, not a pipe or a file.</summary>
    public bool IsTerminal { get; init; }
    public Interruption Interruption { get; init; } = new();

    /// <summary>Sets a variable for the programs that targets start.</summary>
    public Action<string, string> Export { get; init; } = static (_, _) => { };

    public static Surroundings OfProcess(IReadOnlyList<string> arguments)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        var surroundings = new Surroundings
        {
            Arguments = arguments,
            Environment = variables,
            Output = Writer(DescriptorStream.Output()),
            Error = Writer(DescriptorStream.Error()),
            CurrentDirectory = Directory.GetCurrentDirectory(),
            IsTerminal = !Console.IsOutputRedirected,
            OwnsProcess = true,
            Export = System.Environment.SetEnvironmentVariable,
        };
        surroundings.Interruption.Listen();
        return surroundings;
    }

    public string? Variable(string name) =>
        Environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public void Dispose()
    {
        Output.Flush();
        Error.Flush();
        Interruption.Dispose();
    }

    private static StreamWriter Writer(Stream stream) =>
        new(new FaithlessStream(stream), new UTF8Encoding(false), 1024) { AutoFlush = true };
}
