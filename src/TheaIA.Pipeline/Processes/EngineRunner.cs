using System.ComponentModel;
using System.Diagnostics;
using CliWrap;
using TheaIA.Abstractions;
using Command = TheaIA.Abstractions.Command;
using CommandResult = TheaIA.Abstractions.CommandResult;

namespace TheaIA.Pipeline;

/// <summary>
/// Runs external programs by CliWrap. What they write passes the mask before anybody sees it. All
/// that a program started ends with it: when the run is cancelled (SIGTERM, and after a while
/// SIGKILL), and also when the program ends but leaves something behind that holds its output.
/// </summary>
/// <param name="mask">Hides secrets.</param>
/// <param name="root">Where programs run that say nothing else.</param>
/// <param name="patience">How long a program may take to end after SIGTERM. Null: 5 s.</param>
/// <param name="most">A program that writes more characters than these to its standard output is ended. Null: none is.</param>
internal sealed class EngineRunner(
    SecretMask mask,
    AbsolutePath root,
    TimeSpan? patience = null,
    int? most = null
) : IRunner
{
    /// <summary>How long output may come from what a program left behind.</summary>
    private static readonly TimeSpan Lingering = TimeSpan.FromSeconds(2);

    // not within the caller's Cancel or the process's own event
    private const TaskCreationOptions Later = TaskCreationOptions.RunContinuationsAsynchronously;

    private readonly TimeSpan _patience = patience ?? TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task<CommandResult> RunAsync(
        Command command,
        Action<string>? line = null,
        CancellationToken cancel = default
    )
    {
        cancel.ThrowIfCancellationRequested();
        var tree = new ProcessTree();
        var gate = new Lock();
        var output = new ProgramOutput(mask, line, gate, most);
        var error = new ProgramOutput(mask, line, gate, most);
        var exit = new TaskCompletionSource<int>(Later);
        var cancelled = new TaskCompletionSource(Later);
        using var kill = new CancellationTokenSource();
        using var registration = cancel.Register(cancelled.SetResult);

        var running = Start(Prepare(command, tree, output, error), command, exit, kill.Token);
        await Task.WhenAny(running, exit.Task, cancelled.Task, output.Full);
        do
        {
            await Task.WhenAny(running, output.Full, Task.Delay(Lingering, cancel));
        } while (IsStillRead());

        // what a program leaves behind (a compiler's server) ends with it; only Detach leaves anything
        await tree.EndAsync(running, _patience, kill);
        cancel.ThrowIfCancellationRequested();
        var exitCode = kill.IsCancellationRequested ? await exit.Task : (await running).ExitCode;
        return new CommandResult(exitCode, output.ToString(), error.ToString());

        // whoever listens may be slow; only what nobody writes any more is given up
        bool IsStillRead() =>
            !running.IsCompleted
            && !output.Full.IsCompleted
            && !cancel.IsCancellationRequested
            && !(output.IsWaiting && error.IsWaiting);
    }

    private CliWrap.Command Prepare(
        Command command,
        ProcessTree tree,
        ProgramOutput output,
        ProgramOutput error
    ) =>
        Cli.Wrap(ProgramFinder.Find(command))
            .WithArguments(command.Arguments)
            .WithWorkingDirectory(command.WorkingDirectory ?? root.ToString())
            .WithEnvironmentVariables(
                new Dictionary<string, string?>(command.Environment, StringComparer.Ordinal)
                {
                    [ProcessTree.Variable] = tree.Mark,
                }
            )
            .WithValidation(CommandResultValidation.None)
            .WithStandardInputPipe(
                command.Input is null ? PipeSource.Null : PipeSource.FromString(command.Input)
            )
            .WithStandardOutputPipe(PipeTarget.Create(output.ReadAsync))
            .WithStandardErrorPipe(PipeTarget.Create(error.ReadAsync));

    private static Task<CliWrap.CommandResult> Start(
        CliWrap.Command prepared,
        Command command,
        TaskCompletionSource<int> exit,
        CancellationToken kill
    )
    {
        try
        {
            return prepared
                .ExecuteAsync(null, p => Watch(p, exit), kill, CancellationToken.None)
                .Task;
        }
        catch (Win32Exception e)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                Directory.Exists(prepared.WorkingDirPath)
                    ? $"The program '{command.Program}' cannot be started: make it executable, or name another."
                    : $"There is no folder '{prepared.WorkingDirPath}' to run '{command.Program}' in: make it, or name another.",
                e
            );
        }
    }

    private static void Watch(Process process, TaskCompletionSource<int> exit)
    {
        process.Exited += (_, _) => Note(process, exit);
        // it may have ended before anybody listened
        _ = process.HasExited && exit.TrySetResult(process.ExitCode);
    }

    private static void Note(Process process, TaskCompletionSource<int> exit)
    {
        try
        {
            exit.TrySetResult(process.ExitCode);
        }
        catch (InvalidOperationException)
        {
            // CliWrap was faster: it has the exit code, and has let go of the process
        }
    }
}
