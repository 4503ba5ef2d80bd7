using System.Globalization;
using System.Text;

namespace TheaIA.Pipeline;

/// <summary>
/// Writes JSON on one line. Every run that does something comes here: the framework's writer would
/// first build its tables of characters, which takes a quick run longer than its target.
/// </summary>
internal sealed class JsonText
{
    private readonly StringBuilder _text = new(256);
    private char[] _characters = [];
    private byte[] _line = [];
    private bool _isFirst = true;

    public override string ToString() => _text.ToString();

    /// <summary>As a line in UTF-8, good until the next one; from here on there is nothing in it.</summary>
    public ReadOnlySpan<byte> TakeLine()
    {
        var length = _text.Append('\n').Length;
        if (_characters.Length < length)
        {
            _characters = new char[length];
        }

        _text.CopyTo(0, _characters, length);
        _text.Clear();
        _isFirst = true;
        var characters = _characters.AsSpan(0, length);
        var size = Encoding.UTF8.GetByteCount(characters);
        if (_line.Length < size)
        {
            _line = new byte[size];
        }

        return _line.AsSpan(0, Encoding.UTF8.GetBytes(characters, _line));
    }

    /// <param name="name">Null: within an array, or the whole.</param>
    public void BeginObject(string? name = null) => Begin(name, '{');

    public void EndObject() => End('}');

    public void BeginArray(string name) => Begin(name, '[');

    public void EndArray() => End(']');

    public void Write(string name, string value)
    {
        Name(name);
        Quote(value);
    }

    public void Write(string name, bool value) => Plain(name, value ? "true" : "false");

    public void Write(string name, int value) =>
        Plain(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>In seconds, to the seventh digit. Below zero, when the clock was set back meanwhile, it is zero.</summary>
    public void Write(string name, TimeSpan value)
    {
        var (seconds, rest) = Math.DivRem(Math.Max(0, value.Ticks), TimeSpan.TicksPerSecond);
        Name(name);
        _text.Append(CultureInfo.InvariantCulture, $"{seconds}.{rest:D7}");
    }

    public void Write(string name, DateTimeOffset value)
    {
        Name(name);
        _text.Append(CultureInfo.InvariantCulture, $"\"{value:O}\"");
    }

    /// <summary>What is not there is left out.</summary>
    public void Optional(string name, string? value)
    {
        if (value is not null)
        {
            Write(name, value);
        }
    }

    public void Write(string name, IEnumerable<string> values)
    {
        BeginArray(name);
        foreach (var value in values)
        {
            Name(null);
            Quote(value);
        }

        EndArray();
    }

    private void Plain(string name, string value)
    {
        Name(name);
        _text.Append(value);
    }

    private void Begin(string? name, char bracket)
    {
        Name(name);
        _text.Append(bracket);
        _isFirst = true;
    }

    private void End(char bracket)
    {
        _text.Append(bracket);
        _isFirst = false;
    }

    private void Name(string? name)
    {
        if (!_isFirst)
        {
            _text.Append(',');
        }

        _isFirst = false;
        if (name is not null)
        {
            Quote(name);
            _text.Append(':');
        }
    }

    /// <summary>Escapes what RFC 8259 (7) forbids within quotes, and no more.</summary>
    private void Quote(string text)
    {
        _text.Append('"');
        if (IsPlain(text))
        {
            _text.Append(text).Append('"');
            return;
        }

        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => _text.Append("\\\""),
                '\\' => _text.Append("\\\\"),
                '\n' => _text.Append("\\n"),
                < ' ' => _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => _text.Append(c),
            };
        }

        _text.Append('"');
    }

    private static bool IsPlain(string text)
    {
        foreach (var c in text)
        {
            if (c is '"' or '\\' or < ' ')
            {
                return false;
            }
        }

        return true;
    }
}
