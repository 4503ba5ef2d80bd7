using System.Text;

namespace TheaIA.Pipeline;

/// <summary>One of a program's two outputs: masked, kept, and told line by line.</summary>
/// <param name="mask">Hides secrets.</param>
/// <param name="line">Called with each line. Null: nobody wants them.</param>
/// <param name="gate">Held while a line is told: both outputs are read at the same time.</param>
/// <param name="most">How many characters are kept; of more the rest is thrown away. Null: all.</param>
internal sealed class ProgramOutput(
    SecretMask mask,
    Action<string>? line,
    Lock gate,
    int? most = null
)
{
    private readonly StringBuilder _all = new();
    private volatile bool _isWaiting;
    private readonly TaskCompletionSource _full = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private bool _isRefused;

    /// <summary>All that was written is told, or the end was reached.</summary>
    public bool IsWaiting => _isWaiting;

    /// <summary>Done as soon as more was written than is kept.</summary>
    public Task Full => _full.Task;

    /// <summary>Reads to the end.</summary>
    public async Task ReadAsync(Stream stream, CancellationToken cancel)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        await using var lines = line is null ? null : new LineSplitter(Tell);
        await using var kept = new Kept(_all, lines);
        await using var masked = new MaskingWriter(kept, mask);
        var buffer = new char[4096];
        try
        {
            int count;
            _isWaiting = true;
            while (!Full.IsCompleted && (count = await reader.ReadAsync(buffer, cancel)) > 0)
            {
                _isWaiting = false;
                masked.Write(buffer.AsSpan(0, count));
                if (_all.Length > most)
                {
                    _full.TrySetResult();
                }

                _isWaiting = true;
            }

            masked.Complete();
            lines?.Complete();
        }
        finally
        {
            // when telling fails, the program must still get rid of what it writes
            await stream.CopyToAsync(Stream.Null, cancel);
        }
    }

    /// <summary>All of it so far, masked.</summary>
    public override string ToString() => _all.ToString();

    private void Tell(string text)
    {
        if (_isRefused)
        {
            return;
        }

        // whoever threw is told nothing more
        _isRefused = true;
        lock (gate)
        {
            line!(text);
        }

        _isRefused = false;
    }

    /// <summary>Takes what is masked already.</summary>
    private sealed class Kept(StringBuilder all, LineSplitter? lines) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(StringBuilder? value) => Write((value?.ToString()).AsSpan());

        public override void Write(ReadOnlySpan<char> buffer)
        {
            all.Append(buffer);
            lines?.Write(buffer);
        }
    }
}
