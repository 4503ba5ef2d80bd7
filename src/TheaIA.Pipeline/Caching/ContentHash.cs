using System.Buffers;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace TheaIA.Pipeline;

/// <summary>Hashes of what targets rest on, in lower-case hexadecimal.</summary>
internal static class ContentHash
{
    private const int BufferSize = 1 << 16;

    /// <summary>How many characters <see cref="OfFile"/> gives.</summary>
    public const int Length = 32;

    private const string RunMark = "+x";

    /// <summary>The hash of a file that may be run: a script that may not be is another thing.</summary>
    public static string Runnable(string hash) => hash + RunMark;

    /// <summary>The content's hash alone.</summary>
    public static string OfContent(string print) =>
        print.EndsWith(RunMark, StringComparison.Ordinal) ? print[..^RunMark.Length] : print;

    /// <summary>XxHash128 of a file's content: fast, and nobody gains by forging his own sources.</summary>
    public static string OfFile(string path)
    {
        // shared with writers, so that no lock is taken: an edit meanwhile shows in the time stamps
        using var file = File.OpenHandle(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete
        );
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var hash = new XxHash128();
            for (long at = 0; ; )
            {
                var read = RandomAccess.Read(file, buffer, at);
                if (read == 0)
                {
                    return Hex(hash.GetCurrentHash());
                }

                hash.Append(buffer.AsSpan(0, read));
                at += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static string OfBytes(ReadOnlySpan<byte> bytes) => Hex(XxHash128.Hash(bytes));

    /// <summary>SHA-256, for what may be secret: XxHash128 of a short text can be turned back.</summary>
    public static string OfSecret(string text) =>
        Hex(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static bool IsOne(string text) =>
        text.Length == Length && text.All(char.IsAsciiHexDigitLower);

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
