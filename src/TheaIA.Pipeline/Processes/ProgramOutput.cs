using System.Text;

namespace TheaIA.Pipeline;

/// <summary>One of a program's two outputs: masked, kept, and told line by line.</summary>
/// <param name="mask">Hides secrets.</param>
/// <param name="line">Called with each line. Null: nobody wants them.</param>
/// <param name="gate">Held while a line is told: both outputs are read at the same time.</param>
internal sealed class ProgramOutput(SecretMask mask, Action<string>? line, Lock gate)
{
    private readonly StringBuilder _all = new();
    private volatile bool _isWaiting;
    private int _told;

    /// <summary>All that was written is told, or the end was reached.</summary>
    public bool IsWaiting => _isWaiting;

    /// <summary>Reads to the end.</summary>
    public async Task ReadAsync(Stream stream, CancellationToken cancel)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        await using var kept = new StringWriter(_all);
        await using var masked = new MaskingWriter(kept, mask);
        var buffer = new char[4096];
        try
        {
            int count;
            _isWaiting = true;
            while ((count = await reader.ReadAsync(buffer, cancel)) > 0)
            {
                _isWaiting = false;
                masked.Write(buffer.AsSpan(0, count));
                Tell(atEnd: false);
                _isWaiting = true;
            }

            masked.Complete();
            Tell(atEnd: true);
        }
        finally
        {
            // when telling fails, the program must still get rid of what it writes
            await stream.CopyToAsync(Stream.Null, cancel);
        }
    }

    /// <summary>All of it so far, masked.</summary>
    public override string ToString() => _all.ToString();

    private void Tell(bool atEnd)
    {
        if (line is null)
        {
            return;
        }

        var rest = _all.ToString(_told, _all.Length - _told);
        int end;
        while (
            (end = rest.IndexOf('\n', StringComparison.Ordinal)) >= 0 || (atEnd && rest.Length > 0)
        )
        {
            var length = end < 0 ? rest.Length : end;
            lock (gate)
            {
                line(rest[..length].TrimEnd('\r'));
            }

            var next = Math.Min(rest.Length, length + 1);
            rest = rest[next..];
            _told += next;
        }
    }
}
