using System.Collections.ObjectModel;
using TheaIA.Abstractions;

namespace TheaIA.Toolchains.Tests.Given;

/// <summary>Answers in place of programs, and remembers what was run.</summary>
public sealed class Scripted(Func<Command, CommandResult> answer) : IRunner
{
    public Collection<Command> Ran { get; } = [];

    public static OutcomeException Missing(string program) =>
        new(
            Outcome.Wrong,
            $"There is no program '{program}' on PATH: install it, or say where it is."
        );

    public Task<CommandResult> RunAsync(
        Command command,
        Action<string>? line = null,
        CancellationToken cancel = default
    )
    {
        cancel.ThrowIfCancellationRequested();
        Ran.Add(command);
        return Task.FromResult(answer(command));
    }
}
