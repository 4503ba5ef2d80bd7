using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace TheaIA.Pipeline;

/// <summary>
/// Stands in for Console.Out and Console.Error: what a target's code writes goes to that target, a line
/// at a time; what other code writes goes on, through the mask.
/// </summary>
internal sealed class ConsoleRouter(TextWriter outside, bool isError) : TextWriter
{
    private static readonly Lock Gate = new();
    private static ConsoleRouter? _out;
    private static ConsoleRouter? _error;

    [SuppressMessage(
        "Usage",
        "CA2213",
        Justification = "It writes to the process's own output, which lives as long as the process."
    )]
    private MaskingWriter? _masked;
    private SecretMask? _mask;

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Once a process: the first run's routers serve all, since they ask whose code writes.</summary>
    public static void Install()
    {
        lock (Gate)
        {
            if (_out is not null)
            {
                return;
            }

            // now: while a run is at work, the process's own output is a pipe of the engine
            _out = new ConsoleRouter(
                Writer(new FaithlessStream(DescriptorStream.Output())),
                isError: false
            );
            _error = new ConsoleRouter(
                Writer(new FaithlessStream(DescriptorStream.Error())),
                isError: true
            );
            Console.SetOut(_out);
            Console.SetError(_error);
        }
    }

    /// <summary>Lets out what was held back: nothing more comes that could complete a secret.</summary>
    public static void Complete()
    {
        _out?._masked?.Complete();
        _error?._masked?.Complete();
    }

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) =>
        Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (RunningTarget.Current is { } target)
        {
            RunScope.OrNull?.Inherited?.DrainFor(target);
            target.Write(buffer, isError);
        }
        else
        {
            var isAsked = RunScope.OrNull?.Parameters.Options.IsAskedByProgram ?? false;
            (isAsked ? _error! : this).Outside().Write(buffer);
        }
    }

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void WriteLine() => Write("\n");

    private MaskingWriter Outside()
    {
        lock (Gate)
        {
            var mask = RunScope.OrNull?.Mask ?? new SecretMask();
            if (_masked is null || !ReferenceEquals(mask, _mask))
            {
                _masked?.Complete();
                _masked = new MaskingWriter(outside, mask);
                _mask = mask;
            }

            return _masked;
        }
    }

    private static StreamWriter Writer(Stream stream) =>
        new(stream, new UTF8Encoding(false)) { AutoFlush = true };
}
