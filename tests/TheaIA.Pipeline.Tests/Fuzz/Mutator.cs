using System.Globalization;
using System.Text;

namespace TheaIA.Pipeline.Tests.Fuzz;

/// <summary>Makes bad input out of good, the same for the same seed.</summary>
internal sealed class Mutator(int seed)
{
    private const int MostChanges = 4;
    private readonly Random _random = new(seed);

    /// <summary>A fixed seed, which finds again what it found once, and one that is new in each run.</summary>
    public static IEnumerable<int> Seeds => [20261124, Random.Shared.Next()];

    public T Any<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    /// <summary>Words dropped, doubled, exchanged, put in from elsewhere, and changed themselves.</summary>
    public string[] Words(IReadOnlyList<string[]> good)
    {
        var words = Any(good).ToList();
        for (var i = _random.Next(MostChanges); i >= 0; i--)
        {
            var at = _random.Next(words.Count + 1);
            switch (_random.Next(6))
            {
                case 0 when at < words.Count:
                    words.RemoveAt(at);
                    break;
                case 1 when at < words.Count:
                    words.Insert(at, words[at]);
                    break;
                case 2 when at < words.Count:
                    words[at] = Text(words[at]);
                    break;
                case 3 when at < words.Count:
                    var other = _random.Next(words.Count);
                    (words[at], words[other]) = (words[other], words[at]);
                    break;
                default:
                    words.Insert(at, Any(Any(good)));
                    break;
            }
        }

        return [.. words];
    }

    /// <summary>Bytes flipped, dropped, doubled, put in, or exchanged for a piece of another good text.</summary>
    public byte[] Bytes(IReadOnlyList<byte[]> good, IReadOnlyList<byte[]> pieces)
    {
        var bytes = Any(good).ToList();
        for (var i = _random.Next(MostChanges); i >= 0; i--)
        {
            var at = _random.Next(bytes.Count + 1);
            var length = Math.Min(_random.Next(8), bytes.Count - at);
            switch (_random.Next(6))
            {
                case 0 when at < bytes.Count:
                    bytes[at] = (byte)_random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 4:
                    var other = Any(good);
                    var from = _random.Next(other.Length + 1);
                    bytes.InsertRange(at, other[from..Math.Min(from + 12, other.Length)]);
                    break;
                default:
                    bytes.InsertRange(at, Any(pieces));
                    break;
            }
        }

        return [.. bytes];
    }

    private string Text(string text)
    {
        var at = _random.Next(text.Length + 1);
        return _random.Next(7) switch
        {
            0 => text[..at],
            1 => text[at..],
            2 => text.Insert(at, ((char)_random.Next(1, 0x10000)).ToString()),
            3 => text.Insert(at, Any(Pieces)),
            4 => text + text,
            5 => text.ToUpperInvariant(),
            _ => string.Concat(Enumerable.Repeat(text, 200)),
        };
    }

    private static readonly string[] Pieces =
    [
        "-",
        "--",
        "=",
        "+",
        ",",
        "/",
        " ",
        "\0",
        "\n",
        "'",
        "\"",
        "\uD800",
        "\u0130",
        "{0}",
        "0",
        "-1",
        "99999999999999999999",
        "NaN",
        "[/]",
        "\u001b[2J",
    ];

    /// <summary>A case as it can be pasted into a test.</summary>
    public static string Shown(IEnumerable<string> words) =>
        string.Join(", ", words.Select(w => $"\"{Escaped(w)}\""));

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (var letter in text)
        {
            if (letter is >= ' ' and < '\u007f' and not ('"' or '\\'))
            {
                escaped.Append(letter);
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            }
        }

        return escaped.ToString();
    }
}
