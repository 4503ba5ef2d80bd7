using System.Diagnostics;
using TheaIA.Abstractions;

namespace TheaIA.Toolchains.Tests.Given;

/// <summary>Runs the real programs.</summary>
public sealed class RealRunner : IRunner
{
    public async Task<CommandResult> RunAsync(
        Command command,
        Action<string>? line = null,
        CancellationToken cancel = default
    )
    {
        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            WorkingDirectory = command.WorkingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var error = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        foreach (var told in (await output).Split('\n'))
        {
            line?.Invoke(told);
        }
        return new CommandResult(process.ExitCode, await output, await error);
    }
}
