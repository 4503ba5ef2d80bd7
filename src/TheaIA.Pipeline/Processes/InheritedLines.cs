using System.Text;

namespace TheaIA.Pipeline;

/// <summary>
/// Whose a line is that a child wrote by itself: the only running target's; else nobody can tell, and it
/// is shown as <c>(shared)</c> and kept in shared.log.
/// </summary>
internal sealed class InheritedLines(
    RunningTargets running,
    Reporter reporter,
    RunFolder folder,
    SecretMask mask
)
{
    /// <summary>As shown, where a target's name would stand.</summary>
    public const string Name = "(shared)";

    private readonly Lock _gate = new();

    private RunningTargets Running => running;

    /// <summary>What is written now is this target's.</summary>
    public bool Belong(RunningTarget target) => running.Only == target;

    /// <summary>Takes what is already masked.</summary>
    public TextWriter Writer(bool isError) =>
        new Router(this, isError, new ConsoleLines(mask, ShowShared));

    private void ShowShared(string line)
    {
        lock (_gate)
        {
            using var log = folder.Open("shared");
            log.WriteLine(line);
        }

        reporter.SharedLine(line);
    }

    private sealed class Router(InheritedLines lines, bool isError, ConsoleLines shared)
        : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(StringBuilder? value) => Write((value?.ToString()).AsSpan());

        public override void Write(ReadOnlySpan<char> buffer)
        {
            if (lines.Running.Only is { } target)
            {
                target.Write(buffer, isError);
            }
            else
            {
                shared.Write(buffer);
            }
        }

        protected override void Dispose(bool disposing)
        {
            shared.Dispose();
            base.Dispose(disposing);
        }
    }
}
