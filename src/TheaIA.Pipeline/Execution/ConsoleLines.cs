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
}
