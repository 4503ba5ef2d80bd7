using System.Text;

namespace TheaIA.Pipeline.Tests.Execution;

/// <summary>The process's own output without .NET's console stream.</summary>
public sealed class DescriptorStreamTests
{
    public DescriptorStreamTests() =>
        Xunit.Assert.SkipUnless(OperatingSystem.IsLinux(), "Descriptors are read back by /proc.");

    [Fact]
    public void More_than_a_pipe_holds_arrives_whole()
    {
        var (reads, writes) = NativeMethods.Pipe();
        using var stream = DescriptorStream.Of(writes);
        var sent = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 50_000)));
        var writing = new Thread(() =>
        {
            stream.Write(sent, 0, sent.Length);
            stream.Flush();
        });
        writing.Start();
        var got = new List<byte>();
        var buffer = new byte[4096];
        while (got.Count < sent.Length)
        {
            got.AddRange(buffer[..NativeMethods.Read(reads, buffer)]);
        }

        writing.Join();
        got.ShouldBe(sent);
        _ = NativeMethods.Close(reads);
        _ = NativeMethods.Close(writes);
    }

    [Fact]
    public void A_pipe_whose_reader_left_is_an_error()
    {
        var (reads, writes) = NativeMethods.Pipe();
        _ = NativeMethods.Close(reads);
        using var stream = DescriptorStream.Of(writes);
        Should.Throw<IOException>(() => stream.Write("x"u8)).Message.ShouldBe("Broken pipe");
        _ = NativeMethods.Close(writes);
    }

    [Fact]
    public void A_closed_one_takes_all()
    {
        using var stream = DescriptorStream.Of(int.MaxValue);
        stream.Write("x"u8);
    }

    [Fact]
    public void It_can_only_be_written()
    {
        using var stream = DescriptorStream.Output();
        (stream.CanWrite, stream.CanRead, stream.CanSeek).ShouldBe((true, false, false));
        Should.Throw<NotSupportedException>(() => stream.Length);
        Should.Throw<NotSupportedException>(() => stream.Position);
        Should.Throw<NotSupportedException>(() => stream.Position = 0);
        Should.Throw<NotSupportedException>(() => stream.ReadByte());
        Should.Throw<NotSupportedException>(() => stream.Seek(0, SeekOrigin.Begin));
        Should.Throw<NotSupportedException>(() => stream.SetLength(0));
    }
}
