using TheaIA.Abstractions;

namespace TheaIA.Delivery.Oci.Tests.Signing.Given;

/// <summary>A machine without cosign, as the engine's runner tells it.</summary>
public sealed class Nobody : IRunner
{
    public Task<CommandResult> RunAsync(
        Command command,
        Action<string>? line = null,
        CancellationToken cancel = default
    ) => throw new OutcomeException(Outcome.Wrong, "There is no program 'cosign' on PATH.");
}
