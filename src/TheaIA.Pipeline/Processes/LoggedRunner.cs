using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>Runs programs, and keeps what they write in the log of the target that started them.</summary>
internal sealed class LoggedRunner(IRunner inner, Verbosity verbosity) : IRunner
{
    public Task<CommandResult> RunAsync(
        Command command,
        Action<string>? line = null,
        CancellationToken cancel = default
    )
    {
        if (RunningTarget.Current is not { } target)
        {
            return inner.RunAsync(command, line, cancel);
        }

        target.Log($"> {command}");
        if (command.PrintsSecret)
        {
            return inner.RunAsync(command, line, cancel);
        }

        return inner.RunAsync(command, Tell, cancel);

        void Tell(string text)
        {
            if (verbosity == Verbosity.Verbose)
            {
                target.Write(text + "\n", isError: false);
            }
            else
            {
                target.Log(text);
            }

            line?.Invoke(text);
        }
    }
}
