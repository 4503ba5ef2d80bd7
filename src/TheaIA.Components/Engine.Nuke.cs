// Components and build/ on Nuke.Common, with -p:Engine=Nuke: what this repository's engine adds to the model
// is answered here as far as NUKE can. Gates and preflights run as a target's first actions; admission
// guards the rest. What makes a target up to date is not known to NUKE: every target runs.
global using Nuke.Common;
global using Nuke.Common.IO;
global using TheaIA.Abstractions;
global using TheaIA.Pipeline;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TheaIA.Pipeline;

/// <summary>Taken from the command line only; on NUKE the components' own checks hold that.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class CommandLineOnlyAttribute(params string[] targets) : Attribute
{
    /// <summary>The targets that it is for; NUKE does not hold that.</summary>
    public IReadOnlyList<string> Targets { get; } = targets;

    /// <summary>Another target and its option that means the same.</summary>
    public string? Instead { get; set; }
}

/// <summary>The numbers that are allowed; NUKE does not hold that.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class RangeAttribute(long least, long most) : Attribute
{
    /// <summary>The least that is allowed.</summary>
    public long Least { get; } = least;

    /// <summary>The most that is allowed.</summary>
    public long Most { get; } = most;
}

/// <summary>The embedded engine's additions to a target's definition, as NUKE can answer them.</summary>
public static class TargetDefinitionExtensions
{
    /// <summary>Runs work that can be cancelled.</summary>
    public static ITargetDefinition Executes(
        this ITargetDefinition definition,
        Func<CancellationToken, Task> work
    ) => definition.Executes(() => work(TargetContext.Cancel));

    /// <summary>Checked as the target's first action.</summary>
    public static ITargetDefinition Preflight(
        this ITargetDefinition definition,
        Func<CancellationToken, Task> check
    ) => definition.Executes(() => check(TargetContext.Cancel));

    /// <summary>Measured as the target's first action.</summary>
    public static ITargetDefinition Gate(this ITargetDefinition definition, params IGate[] gates) =>
        definition.Executes(async () =>
        {
            foreach (var gate in gates)
            {
                var measured = await gate.MeasureAsync(TargetContext.Cancel);
                if (measured.Verdict is not (Verdict.Pass or Verdict.Waived))
                {
                    throw new OutcomeException(
                        Outcome.Refused,
                        $"The gate {gate.Name} says {measured.Verdict}: {measured.Value} [{measured.Limit}]"
                    );
                }
            }
        });

    /// <summary>Not known to NUKE: the target runs.</summary>
    public static ITargetDefinition Inputs(this ITargetDefinition definition, params string[] _) =>
        definition;

    /// <summary>Not known to NUKE: the target runs.</summary>
    public static ITargetDefinition Outputs(this ITargetDefinition definition, params string[] _) =>
        definition;

    /// <summary>Not known to NUKE: the target runs.</summary>
    public static ITargetDefinition InputKeys(
        this ITargetDefinition definition,
        params Func<string>[] _
    ) => definition;

    /// <summary>Not known to NUKE: the target runs.</summary>
    public static ITargetDefinition InputKey(
        this ITargetDefinition definition,
        string name,
        Func<string?> key
    ) => definition;

    /// <summary>NUKE caches nothing.</summary>
    public static ITargetDefinition Uncached(this ITargetDefinition definition) => definition;

    /// <summary>NUKE caches nothing: every target is an effect.</summary>
    public static ITargetDefinition Effect(this ITargetDefinition definition) => definition;

    /// <summary>NUKE runs one target after the other.</summary>
    public static ITargetDefinition Exclusive(
        this ITargetDefinition definition,
        params string[] _
    ) => definition;

    /// <summary>NUKE keeps no times; the deployer holds the budget all the same.</summary>
    public static ITargetDefinition Budget(
        this ITargetDefinition definition,
        TimeSpan _,
        Func<bool>? __ = null
    ) => definition;

    /// <summary>NUKE takes no lock.</summary>
    public static ITargetDefinition Concurrent(this ITargetDefinition definition) => definition;

    /// <summary>NUKE stops at a broken parameter file, whatever the target.</summary>
    public static ITargetDefinition WayBack(this ITargetDefinition definition) => definition;
}

/// <summary>NUKE asks nobody for a first line.</summary>
public interface IAnnounce
{
    /// <summary>Not asked by NUKE.</summary>
    string? Announce(Announcement run);
}

/// <summary>What is about to run; never made on NUKE.</summary>
public sealed record Announcement(IReadOnlyCollection<string> Targets, TimeSpan? Predicted);

/// <summary>What the embedded engine hands to a running target.</summary>
public static class TargetContext
{
    private static readonly CancellationTokenSource Source = new();

    private static readonly PosixSignalRegistration Signal = PosixSignalRegistration.Create(
        PosixSignal.SIGINT,
        _ => Source.Cancel()
    );

    /// <summary>Ends with Ctrl-C.</summary>
    public static CancellationToken Cancel => Signal is null ? default : Source.Token;

    /// <summary>Writes lines to the console.</summary>
    public static IProgressReport Progress { get; } = new ConsoleProgress();

    /// <summary>Starts programs; their output is not masked on NUKE.</summary>
    public static IRunner Runner { get; } = new ProcessRunner();

    /// <summary>NUKE does not say where a value came from.</summary>
    public static string? SourceOf(string parameter) => $"the parameter {parameter}";

    /// <summary>NUKE writes its schema by itself.</summary>
    public static string? SchemaDrift() => null;

    /// <summary>Nobody passes over a gate on NUKE.</summary>
    public static string? Waive(string _) => null;

    /// <summary>Nobody passes over a gate on NUKE.</summary>
    public static string? Waived(string _) => null;

    /// <summary>build.sh's first line.</summary>
    public static DateTimeOffset RunStarted { get; } = TimeProvider.System.GetUtcNow();
}

internal sealed class ConsoleProgress : IProgressReport
{
    public void Doing(string now) { }

    public void Figure(string figure) => Console.WriteLine(figure);

    public void Note(string figure) => Console.WriteLine("note: " + figure);

    public void Step(string name, TimeSpan took, string figure) =>
        Console.WriteLine($"{name} {took.TotalSeconds:0.0} s {figure}");

    public void Say(string line) => Console.WriteLine(line);

    public void Closing(string line) => Console.WriteLine(line);
}

internal sealed class ProcessRunner : IRunner
{
    [SuppressMessage("ApiDesign", "RS0030", Justification = "This is the runner.")]
    public async Task<CommandResult> RunAsync(
        Command command,
        Action<string>? line = null,
        CancellationToken cancel = default
    )
    {
        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            WorkingDirectory = command.WorkingDirectory ?? NukeBuild.RootDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        await using var killed = cancel.Register(() => process.Kill(entireProcessTree: true));
        await process.StandardInput.WriteAsync(command.Input.AsMemory(), CancellationToken.None);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } text)
        {
            output.Add(text);
            line?.Invoke(text);
        }
        await process.WaitForExitAsync(CancellationToken.None);
        cancel.ThrowIfCancellationRequested();
        return new(process.ExitCode, string.Join('\n', output), await error);
    }
}
