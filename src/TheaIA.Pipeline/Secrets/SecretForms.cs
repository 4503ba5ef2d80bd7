using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace TheaIA.Pipeline;

/// <summary>The forms in which programs write a secret.</summary>
internal static class SecretForms
{
    /// <summary>A line of a secret or a piece of base64 shorter than this would mask common words.</summary>
    private const int ShortestPiece = 8;

    /// <summary>What shells leave as it is (bash's printf %q also quotes the comma).</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create("_-./=:,@%+");

    /// <summary>The secret and each other form of it; of one with several lines, each line as well.</summary>
    public static IReadOnlySet<string> Of(string secret)
    {
        var forms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in Lines(secret))
        {
            forms.Add(text);
            forms.UnionWith(Base64(text));
            forms.UnionWith(Url(text));
            forms.UnionWith(Json(text));
            forms.UnionWith(Shell(text));
            forms.Add(WebUtility.HtmlEncode(text));
        }

        forms.Remove("");
        return forms;
    }

    private static IEnumerable<string> Lines(string secret) =>
        secret
            .Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.Length >= ShortestPiece)
            .Append(secret)
            .Append(secret.ReplaceLineEndings("\n"))
            .Append(secret.ReplaceLineEndings("\r\n"))
            .Append(secret.TrimEnd('\r', '\n'));

    private static IEnumerable<string> Base64(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var whole = Convert.ToBase64String(bytes);
        string[] forms =
        [
            whole,
            Convert.ToBase64String([.. bytes, (byte)'\n']),
            .. Wrapped(whole, 64),
            .. Wrapped(whole, 76),
            .. Pieces(bytes).Append(whole.TrimEnd('=')).Where(p => p.Length >= ShortestPiece),
        ];
        return forms.Concat(forms.Select(f => f.Replace('+', '-').Replace('/', '_')));
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

    /// <summary>The lines that <c>base64</c> and <c>openssl base64</c> break a long one into.</summary>
    private static IEnumerable<string> Wrapped(string encoded, int width) =>
        encoded.Length <= width
            ? []
            : encoded.Chunk(width).Select(c => new string(c)).Where(l => l.Length >= ShortestPiece);

    private static IEnumerable<string> Url(string text)
    {
        var path = Uri.EscapeDataString(text);
        var form = WebUtility.UrlEncode(text);
        return [path, form, LowerAfter('%', 2, path), LowerAfter('%', 2, form)];
    }

    private static IEnumerable<string> Json(string text)
    {
        var plain = Minimal(text);
        string[] forms =
        [
            plain,
            Ascii(plain),
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text),
            JavaScriptEncoder.Default.Encode(text),
        ];
        return forms
            .Concat(forms.Select(f => f.Replace("/", "\\/", StringComparison.Ordinal)))
            .SelectMany(f => new[] { f, LowerAfter('u', 4, f) });
    }

    private static IEnumerable<string> Shell(string text) =>
        [
            text.Replace("'", "'\\''", StringComparison.Ordinal),
            text.Replace("'", "'\"'\"'", StringComparison.Ordinal),
            text.Replace("'", "''", StringComparison.Ordinal),
            Backslashed(text, static c => c is '"' or '\\' or '$' or '`'),
            Backslashed(text, static c => c is '"' or '\\' or '$' or '`' or '!'),
            Backslashed(text, static c => c is '\'' or '\\'),
            Backslashed(text, static c => !char.IsLetterOrDigit(c) && !Plain.Contains(c)),
            Backslashed(
                text,
                static c => !char.IsLetterOrDigit(c) && (c == ',' || !Plain.Contains(c))
            ),
            Backslashed(text, static c => c is '\'' or '\\')
                .Replace("\n", "\\n", StringComparison.Ordinal)
                .Replace("\r", "\\r", StringComparison.Ordinal)
                .Replace("\t", "\\t", StringComparison.Ordinal),
        ];

    private static string Backslashed(string text, Predicate<char> special)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            escaped.Append(special(c) ? "\\" : "").Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>Only what JSON forbids within quotes (RFC 8259, 7), as most programs write it.</summary>
    private static string Minimal(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            escaped.Append(
                c switch
                {
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\t' => "\\t",
                    '\b' => "\\b",
                    '\f' => "\\f",
                    < ' ' => $"\\u{(int)c:X4}",
                    _ => c.ToString(),
                }
            );
        }

        return escaped.ToString();
    }

    private static string Ascii(string json)
    {
        var escaped = new StringBuilder(json.Length);
        foreach (var c in json)
        {
            _ = char.IsAscii(c)
                ? escaped.Append(c)
                : escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
        }

        return escaped.ToString();
    }

    /// <summary>Lower case for the hexadecimal digits behind an escape's mark.</summary>
    private static string LowerAfter(char mark, int digits, string text)
    {
        var lower = text.ToCharArray();
        for (var i = 0; i + digits < lower.Length; i++)
        {
            var escape = lower[i] == mark && (mark == '%' || (i > 0 && lower[i - 1] == '\\'));
            if (escape && lower.AsSpan(i + 1, digits).ToString().All(char.IsAsciiHexDigit))
            {
                for (var d = i + 1; d <= i + digits; d++)
                {
                    lower[d] = char.ToLowerInvariant(lower[d]);
                }
            }
        }

        return new string(lower);
    }
}
