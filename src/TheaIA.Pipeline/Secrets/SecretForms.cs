using System.Text;

namespace TheaIA.Pipeline;

/// <summary>A text that must not be shown, in whatever mixture of escapes it is written.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsEncoded">It is base64, which nobody escapes letters and digits of, but which is broken into lines.</param>
internal readonly record struct SecretWord(string Text, bool IsEncoded);

/// <summary>The words that give a secret away.</summary>
internal static class SecretForms
{
    /// <summary>A line of a secret or a piece of base64 shorter than this would mask common words.</summary>
    private const int ShortestPiece = 8;

    /// <summary>The secret without line ends behind it, each line of one with several, and their base64.</summary>
    public static IEnumerable<SecretWord> Of(string secret)
    {
        var unix = secret.Replace("\r\n", "\n", StringComparison.Ordinal);
        var whole = unix.TrimEnd('\r', '\n');
        if (whole.Length == 0)
        {
            return [];
        }

        // of a text, either line end is a form of \n; of bytes it is not
        string[] texts = [whole, .. Lines(unix)];
        string[] bytes = [.. texts, secret, unix, Windows(whole), Windows(unix)];
        return texts
            .Distinct(StringComparer.Ordinal)
            .Select(t => new SecretWord(t, IsEncoded: false))
            .Concat(
                bytes
                    .Distinct(StringComparer.Ordinal)
                    .SelectMany(Base64)
                    .Select(t => new SecretWord(t, IsEncoded: true))
            );
    }

    private static string Windows(string unix) =>
        unix.Replace("\n", "\r\n", StringComparison.Ordinal);

    private static IEnumerable<string> Lines(string secret) =>
        secret.Split('\n').Select(line => line.Trim()).Where(line => line.Length >= ShortestPiece);

    private static IEnumerable<string> Base64(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var whole = Convert.ToBase64String(bytes);
        return
        [
            whole,
            Convert.ToBase64String([.. bytes, (byte)'\n']),
            .. Wrapped(whole, 64),
            .. Wrapped(whole, 76),
            .. Pieces(bytes).Append(whole.TrimEnd('=')).Where(p => p.Length >= ShortestPiece),
        ];
    }

    /// <summary>What stays the same of it in the base64 of a longer text: <c>user:secret</c>.</summary>
    private static IEnumerable<string> Pieces(byte[] bytes)
    {
        for (var before = 0; before < 3; before++)
        {
            var encoded = Convert.ToBase64String([.. new byte[before], .. bytes]);
            var first = (before * 8 + 5) / 6;
            var end = (before + bytes.Length) * 8 / 6;
            yield return encoded[Math.Min(first, end)..end];
        }
    }

    /// <summary>
    /// The lines that <c>base64</c> and <c>openssl base64</c> break a long one into, which something
    /// else may stand between.
    /// </summary>
    private static IEnumerable<string> Wrapped(string encoded, int width) =>
        encoded.Length <= width
            ? []
            : encoded.Chunk(width).Select(c => new string(c)).Where(l => l.Length >= ShortestPiece);
}
