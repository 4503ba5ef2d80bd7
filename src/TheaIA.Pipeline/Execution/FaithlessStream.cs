namespace TheaIA.Pipeline;

/// <summary>
/// Standard output that may break: a full disk, a closed terminal, a pipe whose reader left, one that was
/// closed before the start (<c>&gt;&amp;-</c>). What nobody can read any more must not stop a rollback; the
/// run goes on, and its logs are files.
/// </summary>
internal sealed class FaithlessStream(Stream inner) : Stream
{
    private bool _broken;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) =>
        Try(() => inner.Write(buffer, offset, count));

    public override void Flush() => Try(inner.Flush);

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Try(Action write)
    {
        if (_broken)
        {
            return;
        }

        try
        {
            write();
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            _broken = true;
        }
    }
}
