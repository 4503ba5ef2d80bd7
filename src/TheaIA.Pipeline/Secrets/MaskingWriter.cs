using System.Text;

namespace TheaIA.Pipeline;

/// <summary>
/// Writes on with stars for secrets, also for one that is split over several writes: what could
/// still become a secret is held back until it cannot any more, or until <see cref="Complete"/> or
/// the end. What was cut off there after half of a secret or more gets stars too. Of base64 that goes
/// to the next line after fewer than 4 characters, these come out when a write ends there.
/// <see cref="Flush"/> flushes what was written on, and lets nothing out that is held back.
/// May be used by several threads.
/// </summary>
internal sealed class MaskingWriter(TextWriter inner, SecretMask mask) : TextWriter
{
    private readonly Lock _lock = new();
    private char[] _text = new char[256];
    private bool[] _marks = new bool[256];
    private int _length;
    private bool _starsWritten;
    private SecretMatcher? _matcher;

    /// <summary>A secret came by.</summary>
    public bool HasMasked { get; private set; }

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Write([value]);

    /// <inheritdoc/>
    public override void Write(string? value) => Write(value.AsSpan());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) =>
        Write(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write(value + NewLine);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        lock (_lock)
        {
            if (mask.Patterns is not { } patterns)
            {
                inner.Write(buffer);
                return;
            }

            var start = _length;
            Hold(buffer);
            if (_matcher?.Patterns != patterns)
            {
                // a secret came up meanwhile: what is held back is looked at again
                (_matcher, start) = (new(patterns), 0);
            }

            _matcher.Mark(_text.AsSpan(0, _length), start, _marks);
            Release(_length - _matcher.Pending(_length));
        }
    }

    /// <summary>Writes on what is held back: nothing more comes that could complete it.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _matcher?.MarkCut(_text.AsSpan(0, _length), _marks.AsSpan(0, _length));
            Release(_length);
            (_matcher, _starsWritten) = (null, false);
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        lock (_lock)
        {
            inner.Flush();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Complete();
            Flush();
        }

        base.Dispose(disposing);
    }

    private void Hold(ReadOnlySpan<char> buffer)
    {
        var needed = _length + buffer.Length;
        if (needed > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(needed, _text.Length * 2));
            Array.Resize(ref _marks, _text.Length);
        }

        buffer.CopyTo(_text.AsSpan(_length));
        _marks.AsSpan(_length, buffer.Length).Clear();
        _length = needed;
    }

    private void Release(int count)
    {
        if (count == 0)
        {
            return;
        }

        var text = _text.AsSpan(0, count);
        var marks = _marks.AsSpan(0, count);
        if (marks.Contains(true))
        {
            HasMasked = true;
            var masked = new StringBuilder(count);
            SecretMask.Append(masked, text, marks, _starsWritten);
            inner.Write(masked);
        }
        else
        {
            inner.Write(text);
        }

        _starsWritten = marks[^1];
        _matcher?.Drop(count);
        _length -= count;
        _text.AsSpan(count, _length).CopyTo(_text);
        _marks.AsSpan(count, _length).CopyTo(_marks);
    }
}
