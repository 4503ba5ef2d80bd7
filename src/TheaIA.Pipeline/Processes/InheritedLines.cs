namespace TheaIA.Pipeline;

/// <summary>
/// Whose a line is that a child wrote by itself: the only running target's; else nobody can tell, and it
/// is shown as <c>(shared)</c> and kept in shared.log. A line that has begun goes on where it began, as long
/// as that target runs: so it stays one line, and a secret in it does not fall into two.
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
    private SecretMask Mask => mask;

    /// <summary>What is written now is this target's.</summary>
    public bool Belong(RunningTarget target) => running.Only == target;

    /// <summary>What comes out of one of the two descriptors.</summary>
    public Stream From(bool isError) => new(this, isError);

    private void ShowShared(string line)
    {
        lock (_gate)
        {
            using var log = folder.Open("shared");
            log.WriteLine(line);
        }

        reporter.SharedLine(line);
    }

    /// <summary>Gives on what one thread reads. The mask is that of whoever gets it.</summary>
    public sealed class Stream(InheritedLines lines, bool isError) : IDisposable
    {
        private readonly ConsoleLines _shared = new(lines.Mask, lines.ShowShared);
        private bool _isWithinLine;

        // null: nobody's
        private RunningTarget? _owner;

        public void Write(ReadOnlySpan<char> text)
        {
            if (_isWithinLine && (_owner is null || lines.Running.Has(_owner)))
            {
                var rest = text[..(text.IndexOf('\n') + 1)];
                if (rest.IsEmpty)
                {
                    Give(text);
                    return;
                }

                Give(rest);
                text = text[rest.Length..];
            }

            if (!text.IsEmpty)
            {
                _owner = lines.Running.Only;
                Give(text);
            }

            _isWithinLine = !text.IsEmpty && text[^1] != '\n';
        }

        /// <summary>Shows what was nobody's and had no end of line.</summary>
        public void Dispose() => _shared.Dispose();

        private void Give(ReadOnlySpan<char> text)
        {
            if (_owner is { } target)
            {
                target.Write(text, isError);
            }
            else
            {
                _shared.Write(text);
            }
        }
    }
}
