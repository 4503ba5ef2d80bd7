using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Aws.Cli;

/// <summary>Runs the AWS CLI.</summary>
internal sealed class AwsCli(IRunner runner)
{
    /// <summary>The program's name.</summary>
    public const string Program = "aws";

    /// <summary>Runs it to its end; any exit code is the caller's to read.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: there is no aws.</exception>
    public async Task<CommandResult> RunAsync(Command command, CancellationToken cancel)
    {
        try
        {
            return await runner.RunAsync(command, cancel: cancel);
        }
        catch (OutcomeException e) when (e.Outcome == Outcome.Wrong)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                "aws is not here: eng/components.sh awscli installs it.",
                e
            );
        }
    }

    /// <summary>Reads the JSON that a call printed.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: it is none, or another.</exception>
    public static T Read<T>(CommandResult result, JsonTypeInfo<T> type, string call)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(result.Output, type) ?? throw Unreadable(null);
        }
        catch (JsonException e)
        {
            throw Unreadable(e);
        }

        OutcomeException Unreadable(JsonException? cause) =>
            new(
                Outcome.Failed,
                $"aws ecr {call} answered what is not its JSON: run it by hand to see what stands in between.",
                cause
            );
    }
}
