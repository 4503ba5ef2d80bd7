using System.Text;

namespace TheaIA.Pipeline;

/// <summary>Tells what is written to it line by line, without the ends of the lines.</summary>
internal sealed class LineSplitter(Action<string> line) : TextWriter
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

    /// <summary>A last line without an end is one too.</summary>
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
