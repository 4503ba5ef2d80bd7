using System.Collections.Concurrent;
using System.Diagnostics;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Aws.Tests.Given;

/// <summary>Runs programs of these folders, without this machine's own AWS settings.</summary>
public sealed class ProgramRunner(params string[] folders) : IRunner
{
    /// <summary>All that the engine's runner would keep in the target's log.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>Variables that every program sees.</summary>
    public Dictionary<string, string?> Environment { get; } = new(StringComparer.Ordinal);

    public async Task<CommandResult> RunAsync(
        Command command,
        Action<string>? line = null,
        CancellationToken cancel = default
    )
    {
        Log.Enqueue(command.ToString());
        using var process = Process.Start(Prepare(command))!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var error = process.StandardError.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            if (!command.PrintsSecret)
            {
                Log.Enqueue(await output);
                Log.Enqueue(await error);
            }
            return new(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private ProcessStartInfo Prepare(Command command)
    {
        var program =
            folders.Select(f => Path.Combine(f, command.Program)).FirstOrDefault(File.Exists)
            ?? throw new OutcomeException(
                Outcome.Wrong,
                $"There is no program '{command.Program}' on PATH: install it, or say where it is."
            );
        var start = new ProcessStartInfo(program, command.Arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var name in start.Environment.Keys.Where(n => n.StartsWith("AWS_", Ordinal)).ToArray()
        )
        {
            start.Environment.Remove(name);
        }

        start.Environment["PATH"] = string.Join(':', folders);
        start.Environment["AWS_CONFIG_FILE"] = "/nowhere/config";
        start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/nowhere/credentials";
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        foreach (var (name, value) in Environment.Concat(command.Environment))
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;
}
