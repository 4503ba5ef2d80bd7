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
    private bool _isFirst = true;

    public override string ToString() => _text.ToString();

    /// <summary>As a line in UTF-8.</summary>
    public byte[] ToLine() => Encoding.UTF8.GetBytes(_text.Append('\n').ToString());

    public void Clear()
    {
        _text.Clear();
        _isFirst = true;
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

    /// <summary>In seconds.</summary>
    public void Write(string name, TimeSpan value) =>
        Plain(name, value.TotalSeconds.ToString(CultureInfo.InvariantCulture));

    public void Write(string name, DateTimeOffset value) =>
        Write(name, value.ToString("O", CultureInfo.InvariantCulture));

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
