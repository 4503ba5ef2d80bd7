using System.Linq.Expressions;

namespace TheaIA.Pipeline.Tests;

/// <summary>A folder with <c>.nuke</c> in which build classes run in process.</summary>
internal sealed class Checkout : IDisposable
{
    /// <param name="root">Where; null: a new folder.</param>
    public Checkout(string? root = null)
    {
        Root = root ?? Directory.CreateTempSubdirectory("pipeline-").FullName;
        Directory.CreateDirectory(Path.Combine(Root, ".nuke"));
    }

    public string Root { get; }
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    /// <summary>What a run handed on to the programs that it starts.</summary>
    public Dictionary<string, string> Exported { get; } = new(StringComparer.Ordinal);
    public bool IsTerminal { get; init; }
    public string? CurrentDirectory { get; init; }
    public Interruption Interruption { get; init; } = new() { Force = _ => { } };
    public TimeProvider? Time { get; init; }
    public int ProcessId { get; init; } = 4711;

    /// <summary>Runs a build class with a command line as it is typed, words apart by spaces.</summary>
    public Task<Answer> RunAsync<T>(
        string commandLine,
        params Expression<Func<T, Target>>[] defaults
    )
        where T : NukeBuild, new() =>
        RunAsync(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries), defaults);

    public async Task<Answer> RunAsync<T>(
        IReadOnlyList<string> words,
        params Expression<Func<T, Target>>[] defaults
    )
        where T : NukeBuild, new()
    {
        var trace = Trace.Begin();
        await using var output = new StringWriter();
        var screen = TextWriter.Synchronized(output);
        var code = await Engine.RunAsync(
            new Surroundings
            {
                Arguments = words,
                Environment = Environment,
                Export = (name, value) => Exported[name] = value,
                Output = screen,
                Error = screen,
                CurrentDirectory = CurrentDirectory ?? Root,
                Time = Time ?? trace.Time,
                ProcessId = ProcessId,
                IsTerminal = IsTerminal,
                Interruption = Interruption,
            },
            defaults
        );
        return new Answer(
            code,
            output.ToString().Replace(Root, "ROOT", StringComparison.Ordinal),
            trace
        );
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public void Write(string path, string text)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

/// <summary>How a run ended, what it showed and what it did.</summary>
internal sealed record Answer(int Code, string Output, Trace Trace)
{
    public string Ran => Trace.All;
    public string LastLine => Output.TrimEnd('\n').Split('\n')[^1];
    public string FirstLine => Output.Split('\n')[0];
}
