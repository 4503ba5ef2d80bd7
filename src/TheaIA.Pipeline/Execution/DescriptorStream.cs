namespace TheaIA.Pipeline;

/// <summary>
/// The process's own output, past .NET's console stream: that one takes the lock of Console.Out for each
/// write, which the code of another target may hold while it waits for the line that is being written.
/// Unix; elsewhere the console stream takes no lock.
/// </summary>
internal sealed class DescriptorStream : Stream
{
    private readonly int _descriptor;

    private DescriptorStream(int descriptor) => _descriptor = descriptor;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Standard output as it is now, whatever takes its place later.</summary>
    public static Stream Output() =>
        OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : Of(1);

    /// <summary>Standard error as it is now, whatever takes its place later.</summary>
    public static Stream Error() =>
        OperatingSystem.IsWindows() ? Console.OpenStandardError() : Of(2);

    /// <summary>A descriptor as it is now. One that is closed takes all and keeps nothing.</summary>
    internal static Stream Of(int descriptor) =>
        NativeMethods.Duplicate(descriptor) is >= 0 and var own ? new DescriptorStream(own) : Null;

    public override void Write(ReadOnlySpan<byte> buffer) =>
        NativeMethods.WriteAll(_descriptor, buffer);

    public override void Write(byte[] buffer, int offset, int count) =>
        Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // nothing is held back
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
