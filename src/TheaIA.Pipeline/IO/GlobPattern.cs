using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>Where a pattern stands after some parts of a path.</summary>
/// <param name="Positions">A bit a segment of the pattern that may come next.</param>
/// <param name="IsMatch">The parts so far are a whole match.</param>
/// <param name="TakesAllBelow">And so is all that lies below them.</param>
internal readonly record struct GlobState(ulong Positions, bool IsMatch, bool TakesAllBelow)
{
    /// <summary>Something below may match.</summary>
    public bool IsAlive => Positions != 0;
}

/// <summary>One pattern without alternatives, matched part by part.</summary>
internal sealed class GlobPattern
{
    private const int MostSegments = 63;
    private readonly string[] _segments;

    private GlobPattern(string[] segments)
    {
        _segments = segments;
        Start = new(Closure(1), IsMatch: false, TakesAllBelow: false);
    }

    /// <summary>Before the first part.</summary>
    public GlobState Start { get; }

    /// <summary>Reads a pattern; each of <c>{a,b}</c> gives one of its own.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: it leaves the folder.</exception>
    public static IEnumerable<GlobPattern> Parse(string pattern)
    {
        var text = OperatingSystem.IsWindows() ? pattern.Replace('\\', '/') : pattern;
        return Alternatives(text).Select(one => new GlobPattern(Segments(one, pattern)));
    }

    /// <summary>Whether it matches all parts of a path.</summary>
    public bool IsMatch(IEnumerable<string> parts) => parts.Aggregate(Start, Step).IsMatch;

    /// <summary>Where it stands after one more part.</summary>
    public GlobState Step(GlobState state, string name)
    {
        var next = 0UL;
        var match = false;
        var all = false;
        for (var i = 0; i < _segments.Length; i++)
        {
            if ((state.Positions & (1UL << i)) == 0)
            {
                continue;
            }

            var last = i == _segments.Length - 1;
            if (_segments[i] == "**")
            {
                next |= 1UL << i;
                match |= last;
                all |= last;
            }
            else if (IsMatch(_segments[i], name))
            {
                next |= last ? 0 : 1UL << (i + 1);
                match |= last;
                // `a/**` is all below a, but not a itself
                all |= i == _segments.Length - 2 && _segments[^1] == "**";
            }
        }

        return new(Closure(next), match, all);
    }

    private ulong Closure(ulong positions)
    {
        // `**` may also stand for no folder at all, unless it is the last
        for (var i = 0; i < _segments.Length - 1; i++)
        {
            if ((positions & (1UL << i)) != 0 && _segments[i] == "**")
            {
                positions |= 1UL << (i + 1);
            }
        }

        return positions;
    }

    private static string[] Segments(string text, string pattern)
    {
        var segments = text.Split('/').Where(s => s is not "" and not ".").ToArray();
        if (
            text.StartsWith('/')
            || segments.Contains("..")
            || segments.Length is 0 or > MostSegments
        )
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"The pattern '{pattern}' does not stay below its folder: start at another folder."
            );
        }

        return segments;
    }

    private static IEnumerable<string> Alternatives(string text)
    {
        var open = text.IndexOf('{', StringComparison.Ordinal);
        var close = open < 0 ? -1 : Closing(text, open);
        if (close < 0)
        {
            return [text];
        }

        return from one in Choices(text[(open + 1)..close])
            from whole in Alternatives(text[..open] + one + text[(close + 1)..])
            select whole;
    }

    private static int Closing(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            depth += text[i] switch
            {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static List<string> Choices(string inner)
    {
        var choices = new List<string>();
        var depth = 0;
        var start = 0;
        for (var i = 0; i < inner.Length; i++)
        {
            switch (inner[i])
            {
                case '{':
                    depth++;
                    break;
                case '}':
                    depth--;
                    break;
                case ',' when depth == 0:
                    choices.Add(inner[start..i]);
                    start = i + 1;
                    break;
                default:
                    break;
            }
        }

        choices.Add(inner[start..]);
        return choices;
    }

    private static bool IsMatch(string segment, string name)
    {
        var (s, n) = (0, 0);
        var (star, resume) = (-1, 0);
        while (n < name.Length)
        {
            if (s < segment.Length && segment[s] == '*')
            {
                (star, resume) = (s++, n);
            }
            else if (s < segment.Length && (segment[s] == '?' || segment[s] == name[n]))
            {
                s++;
                n++;
            }
            else if (star >= 0)
            {
                // the last star takes one character more
                s = star + 1;
                n = ++resume;
            }
            else
            {
                return false;
            }
        }

        return segment.AsSpan(s).TrimStart('*').IsEmpty;
    }
}
