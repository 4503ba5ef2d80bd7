using System.Text;

namespace TheaIA.Pipeline;

/// <summary>
/// Knows the secrets, and replaces each of their forms by <c>***</c>: base64, also broken into lines, and any mixture of raw,
/// URL-encoded, JSON-escaped, shell-quoted and HTML-encoded characters. May be used by several threads.
/// </summary>
internal sealed class SecretMask
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Stars = "***";

    private const int BlockSize = 1 << 16;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal);
    private volatile SecretPatterns? _patterns;
    private volatile bool _isEmpty = true;

    /// <summary>What to look for. Null: there is no secret.</summary>
    internal SecretPatterns? Patterns
    {
        get
        {
            if (_isEmpty)
            {
                return null;
            }

            lock (_lock)
            {
                return _patterns ??= new SecretPatterns(_secrets.SelectMany(SecretForms.Of));
            }
        }
    }

    /// <summary>From now on this text is masked. Empty text is no secret.</summary>
    public void Add(string secret)
    {
        if (secret.Length == 0)
        {
            return;
        }

        lock (_lock)
        {
            if (_secrets.Add(secret))
            {
                _patterns = null;
                _isEmpty = false;
            }
        }
    }

    /// <summary>The text with stars for secrets.</summary>
    public string Mask(string text)
    {
        if (Patterns is not { } patterns || text.AsSpan().IndexOfAny(patterns.First) < 0)
        {
            return text;
        }

        var marks = new bool[text.Length];
        new SecretMatcher(patterns).Mark(text, 0, marks);
        if (!marks.Contains(true))
        {
            return text;
        }

        var masked = new StringBuilder(text.Length);
        Append(masked, text, marks, before: false);
        return masked.ToString();
    }

    /// <summary>Those of many short texts that hold a secret, by what they are masked.</summary>
    public Dictionary<string, string> Having(IReadOnlyCollection<string> texts)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Patterns is null)
        {
            return found;
        }

        // all at once: nearly always there is none
        var all = string.Join('\n', texts);
        if (Mask(all) == all)
        {
            return found;
        }

        foreach (var text in texts)
        {
            if (Mask(text) is var masked && masked != text)
            {
                found[text] = masked;
            }
        }

        return found;
    }

    /// <summary>Whether a file's content holds a secret, as text in UTF-8 has it.</summary>
    public bool IsIn(string file)
    {
        if (Patterns is null)
        {
            return false;
        }

        using var reader = new StreamReader(file);
        using var looking = new MaskingWriter(TextWriter.Null, this);
        var block = new char[BlockSize];
        for (int read; !looking.HasMasked && (read = reader.ReadBlock(block)) > 0; )
        {
            looking.Write(block.AsSpan(0, read));
        }

        looking.Complete();
        return looking.HasMasked;
    }

    /// <summary>Appends text, with stars for each run of marks.</summary>
    /// <param name="masked">Where to.</param>
    /// <param name="text">The text.</param>
    /// <param name="marks">One a character.</param>
    /// <param name="before">The character before was marked, and its stars are written.</param>
    internal static void Append(
        StringBuilder masked,
        ReadOnlySpan<char> text,
        ReadOnlySpan<bool> marks,
        bool before
    )
    {
        for (var i = 0; i < text.Length; )
        {
            var run = marks[i..].IndexOf(!marks[i]);
            var end = run < 0 ? text.Length : i + run;
            _ = (marks[i], before && i == 0) switch
            {
                (false, _) => masked.Append(text[i..end]),
                (true, false) => masked.Append(Stars),
                (true, true) => masked,
            };
            i = end;
        }
    }
}
