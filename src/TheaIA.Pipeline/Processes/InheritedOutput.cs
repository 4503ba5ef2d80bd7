using System.Text;

namespace TheaIA.Pipeline;

/// <summary>
/// What children write to the output that they inherited, without the engine's runner between: while a
/// run is at work, the process's standard output and error are pipes that the engine reads, masks and
/// gives to whom it belongs. Linux; elsewhere such output goes straight to the terminal.
/// </summary>
internal sealed class InheritedOutput : IDisposable
{
    /// <summary>
    /// How long the end of a target or a run waits for what its children wrote: what a pipe holds is given on
    /// in milliseconds, but on a machine with more to do than it can, only when the reading thread has its turn.
    /// </summary>
    public static readonly TimeSpan AtEnd = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    private readonly InheritedLines _lines;
    private readonly Captured _out;
    private readonly Captured _error;

    private InheritedOutput(InheritedLines lines)
    {
        _lines = lines;
        _out = new Captured(1, lines.From(isError: false));
        _error = new Captured(2, lines.From(isError: true));
    }

    /// <summary>From now on; null where it cannot be done.</summary>
    public static InheritedOutput? Capture(InheritedLines lines) =>
        OperatingSystem.IsLinux() ? new InheritedOutput(lines) : null;

    /// <summary>Waits until what was written so far has been given on; a child may go on writing.</summary>
    /// <param name="limit">How long at most.</param>
    public void Drain(TimeSpan limit)
    {
        _out.Drain(limit);
        _error.Drain(limit);
    }

    /// <summary>
    /// Before a target's own code writes: what its child wrote before that comes first. While several targets
    /// run nobody can tell whose it is, and nothing is waited for.
    /// </summary>
    public void DrainFor(RunningTarget target)
    {
        if (_lines.Belong(target))
        {
            Drain(Glance);
        }
    }

    /// <summary>Gives the process its own output back.</summary>
    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
    }

    /// <summary>One of the two descriptors.</summary>
    private sealed class Captured : IDisposable
    {
        // bytes that are read at once
        private const int Most = 16 * 1024;

        private readonly int _descriptor;
        private readonly int _saved;

        // a bare descriptor: the framework's pipe is a socket with a thread of its own, a third of a
        // quick run. The reading thread closes it, when nobody is left who could write.
        private readonly int _pipe;
        private readonly InheritedLines.Stream _lines;
        private long _given;
        private volatile bool _isBusy;
        private volatile bool _hasEnded;

        public Captured(int descriptor, InheritedLines.Stream lines)
        {
            _descriptor = descriptor;
            _lines = lines;
            _saved = NativeMethods.Duplicate(descriptor);
            (_pipe, var end) = NativeMethods.Pipe();
            _ = NativeMethods.Replace(end, descriptor);
            _ = NativeMethods.Close(end);
            new Thread(Read) { IsBackground = true, Name = $"output {descriptor}" }.Start();
        }

        public void Drain(TimeSpan limit)
        {
            // in this order: what leaves the pipe between the two questions made the reader busy before
            var unread = NativeMethods.Unread(_pipe);
            if (unread == 0 && !_isBusy)
            {
                return;
            }

            var began = TimeProvider.System.GetTimestamp();
            // a child that goes on writing is waited for as far as it had come
            var far = Volatile.Read(ref _given) + Most + unread;
            while (
                !_hasEnded
                && (NativeMethods.Unread(_pipe) > 0 || _isBusy)
                && Volatile.Read(ref _given) < far
                && TimeProvider.System.GetElapsedTime(began) < limit
            )
            {
                Thread.Yield();
            }
        }

        public void Dispose()
        {
            if (_saved >= 0)
            {
                _ = NativeMethods.Replace(_saved, _descriptor);
                _ = NativeMethods.Close(_saved);
            }
            else
            {
                _ = NativeMethods.Close(_descriptor);
            }

            Drain(AtEnd);
            _lines.Dispose();
        }

        private void Read()
        {
            var bytes = new byte[Most];
            // one that began in the bytes before may end in these
            var chars = new char[bytes.Length + 1];
            var decoder = new UTF8Encoding(false).GetDecoder();
            while (true)
            {
                NativeMethods.WaitUntilReadable(_pipe);
                // before the bytes leave the pipe, so that whoever drains sees them in either place
                _isBusy = true;
                var count = NativeMethods.Read(_pipe, bytes);
                if (count == 0)
                {
                    _hasEnded = true;
                    _ = NativeMethods.Close(_pipe);
                    return;
                }

                Give(
                    chars.AsSpan(0, decoder.GetChars(bytes.AsSpan(0, count), chars, flush: false))
                );
                Volatile.Write(ref _given, _given + count);
                _isBusy = false;
            }
        }

        private void Give(ReadOnlySpan<char> text)
        {
            try
            {
                _lines.Write(text);
            }
            catch (Exception lost) when (lost is IOException or UnauthorizedAccessException)
            {
                // a log that cannot be written must not end the run, nor the child with a full pipe
            }
        }
    }
}
