using System.Buffers;

namespace TheaIA.Pipeline;

/// <summary>
/// Finds all occurrences of many words in one pass over the text (Aho and Corasick, 1975). It also
/// knows how much of the text's end could still become an occurrence.
/// </summary>
internal sealed class SecretAutomaton
{
    private readonly Dictionary<(int State, char Next), int> _next = [];
    private readonly List<Node> _nodes = [default];
    private readonly SearchValues<char> _first;

    public SecretAutomaton(IEnumerable<string> words)
    {
        var first = new HashSet<char>();
        foreach (var word in words)
        {
            first.Add(word[0]);
            Add(word);
        }

        _first = SearchValues.Create([.. first]);
        Link();
    }

    /// <summary>Marks each character of each occurrence.</summary>
    /// <param name="state">Where the text before it ended; 0 at first.</param>
    /// <param name="text">Text whose end is new.</param>
    /// <param name="start">The index of the first new character.</param>
    /// <param name="marks">One a character of the text.</param>
    /// <returns>Where the text ended.</returns>
    public int Mark(int state, ReadOnlySpan<char> text, int start, Span<bool> marks)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (state == 0)
            {
                var skip = text[i..].IndexOfAny(_first);
                if (skip < 0)
                {
                    return 0;
                }

                i += skip;
            }

            state = Step(state, text[i]);
            var found = _nodes[state].Longest;
            marks.Slice(i + 1 - found, found).Fill(true);
        }

        return state;
    }

    /// <summary>How many of the last characters could still become an occurrence.</summary>
    public int Pending(int state)
    {
        // a word that no longer word continues is done: only what may begin within it is open
        while (state != 0 && _nodes[state].IsLeaf)
        {
            state = _nodes[state].Fallback;
        }

        return _nodes[state].Depth;
    }

    private int Step(int state, char c)
    {
        int next;
        while (!_next.TryGetValue((state, c), out next) && state != 0)
        {
            state = _nodes[state].Fallback;
        }

        return next;
    }

    private void Add(string word)
    {
        var state = 0;
        foreach (var c in word)
        {
            if (!_next.TryGetValue((state, c), out var next))
            {
                next = _nodes.Count;
                _next.Add((state, c), next);
                _nodes[state] = _nodes[state] with { IsLeaf = false };
                _nodes.Add(
                    new(state, c, _nodes[state].Depth + 1, Longest: 0, Fallback: 0, IsLeaf: true)
                );
            }

            state = next;
        }

        _nodes[state] = _nodes[state] with { Longest = word.Length };
    }

    /// <summary>Where to go on when no word goes on: a shorter word's beginning that ends here too.</summary>
    private void Link()
    {
        // shorter ones first, since longer ones are linked by them
        foreach (var state in Enumerable.Range(1, _nodes.Count - 1).OrderBy(n => _nodes[n].Depth))
        {
            var node = _nodes[state];
            var fallback = node.Depth == 1 ? 0 : Step(_nodes[node.Parent].Fallback, node.Last);
            _nodes[state] = node with
            {
                Fallback = fallback,
                Longest = Math.Max(node.Longest, _nodes[fallback].Longest),
            };
        }
    }

    /// <summary>The beginning of a word.</summary>
    /// <param name="Parent">The same less its last character.</param>
    /// <param name="Last">Its last character.</param>
    /// <param name="Depth">Its length.</param>
    /// <param name="Longest">The length of the longest word that ends with it; 0: none does.</param>
    /// <param name="Fallback">The longest other beginning that ends with it.</param>
    /// <param name="IsLeaf">No word goes on from here.</param>
    private readonly record struct Node(
        int Parent,
        char Last,
        int Depth,
        int Longest,
        int Fallback,
        bool IsLeaf
    );
}
