using System.Text;

namespace TheaIA.Pipeline;

/// <summary>One of a target's two console streams: masked, then cut into lines.</summary>
internal sealed class ConsoleLines : IDisposable
{
    private readonly LineSplitter _splitter;
    private readonly MaskingWriter _masked;

    public ConsoleLines(SecretMask mask, Action<string> line)
    {
        _splitter = new LineSplitter(line);
        _masked = new MaskingWriter(_splitter, mask);
    }

    public void Write(ReadOnlySpan<char> text) => _masked.Write(text);

    /// <summary>Lets out what was held back, and a last line without an end.</summary>
    public void Dispose()
    {
        _masked.Dispose();
        _splitter.Complete();
        _splitter.Dispose();
    }

    private sealed class LineSplitter(Action<string> line) : TextWriter
    {
        private readonly Lock _gate = new();
        private readonly StringBuilder _text = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(StringBuilder? value) => Write((value?.ToString()).AsSpan());

        public override void Write(ReadOnlySpan<char> buffer)
        {
            lock (_gate)
            {
                for (int end; (end = buffer.IndexOf('\n')) >= 0; buffer = buffer[(end + 1)..])
                {
                    _text.Append(buffer[..end]);
                    EndLine();
                }

                _text.Append(buffer);
            }
        }

        public void Complete()
        {
            lock (_gate)
            {
                if (_text.Length > 0)
                {
                    EndLine();
                }
            }
        }

        private void EndLine()
        {
            var text = _text.ToString().TrimEnd('\r');
            _text.Clear();
            line(text);
        }
    }
}
