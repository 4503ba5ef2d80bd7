using System.Diagnostics;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Oci.Tests.Signing.Given;

/// <summary>Runs the real programs of one folder.</summary>
/// <param name="folder">Where they are.</param>
/// <param name="home">The home that they see, so that they touch nobody's.</param>
internal sealed class RealRunner(string folder, string home) : IRunner
{
    public List<Command> Ran { get; } = [];

    public async Task<CommandResult> RunAsync(
        Command command,
        Action<string>? line = null,
        CancellationToken cancel = default
    )
    {
        Ran.Add(command);
        var start = new ProcessStartInfo(Path.Combine(folder, command.Program), command.Arguments)
        {
            WorkingDirectory = home,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = home;
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var error = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return new CommandResult(process.ExitCode, await output, await error);
    }
}
