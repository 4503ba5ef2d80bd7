using TheaIA.Abstractions;

namespace TheaIA.Delivery.Oci.Tests.Signing.Given;

/// <summary>Stands in for cosign where the real one cannot be brought to it: answers by the words of a command line.</summary>
internal sealed class ScriptedCosign : IRunner
{
    private readonly List<(string Words, Queue<Func<CommandResult>> Answers)> script = [];

    public List<Command> Ran { get; } = [];

    /// <summary>cosign 2 as Debian has it, with this key.</summary>
    public static ScriptedCosign Of2(TestKey key) =>
        new ScriptedCosign()
            .On("version", 0, "GitVersion:    devel\n")
            .On("signing-config", 1, "", "Error: unknown command \"signing-config\" for \"cosign\"")
            .On("public-key", 0, key.Pem);

    public static ScriptedCosign Of3(TestKey key) =>
        new ScriptedCosign()
            .On("version", 0, "GitVersion:    devel\n")
            .On("signing-config", 0, "{\"config\":1}")
            .On("trusted-root", 0, "{\"root\":1}")
            .On("public-key", 0, key.Pem);

    public ScriptedCosign On(string words, int exitCode, string output = "", string error = "") =>
        On(words, () => new CommandResult(exitCode, output, error));

    /// <summary>Answers in the order given; the last one stays.</summary>
    public ScriptedCosign On(string words, params Func<CommandResult>[] answers)
    {
        script.Insert(0, (words, new Queue<Func<CommandResult>>(answers)));
        return this;
    }

    public Task<CommandResult> RunAsync(
        Command command,
        Action<string>? line = null,
        CancellationToken cancel = default
    )
    {
        cancel.ThrowIfCancellationRequested();
        lock (Ran)
        {
            Ran.Add(command);
        }
        var typed = command.ToString();
        var (_, answers) = script.Find(s =>
            typed.StartsWith($"cosign {s.Words}", StringComparison.Ordinal)
        );
        return answers is null
            ? throw new OutcomeException(Outcome.Wrong, $"No answer to '{typed}'.")
            : Task.FromResult((answers.Count > 1 ? answers.Dequeue() : answers.Peek())());
    }

    /// <summary>What was run, by its first word.</summary>
    public IReadOnlyList<string> Words => [.. Ran.Select(r => r.Arguments[0])];
}
