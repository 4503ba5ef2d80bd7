using System.Buffers;

namespace TheaIA.Pipeline;

/// <summary>
/// Finds all occurrences of many words in one pass over the text (Aho and Corasick, 1975). It also
/// knows how much of the text's end could still become an occurrence.
/// </summary>
internal sealed class SecretAutomaton
{
    private readonly List<Dictionary<char, int>> _next =
    [
        [],
    ];
    private readonly List<int> _depth = [0];
    private readonly List<int> _longest = [0];
    private readonly int[] _fallback;
    private readonly SearchValues<char> _first;

    public SecretAutomaton(IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            Add(word);
        }

        _fallback = new int[_next.Count];
        _first = SearchValues.Create([.. _next[0].Keys]);
        Link();
    }

    /// <summary>
    /// Marks each character of each occurrence.
    /// </summary>
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
            marks.Slice(i + 1 - _longest[state], _longest[state]).Fill(true);
        }

        return state;
    }

    /// <summary>How many of the last characters could still become an occurrence.</summary>
    public int Pending(int state)
    {
        // a word that no longer word continues is done: only what may begin within it is open
        while (state != 0 && _next[state].Count == 0)
        {
            state = _fallback[state];
        }

        return _depth[state];
    }

    private int Step(int state, char c)
    {
        int next;
        while (!_next[state].TryGetValue(c, out next) && state != 0)
        {
            state = _fallback[state];
        }

        return next;
    }

    private void Add(string word)
    {
        var state = 0;
        foreach (var c in word)
        {
            if (!_next[state].TryGetValue(c, out var next))
            {
                next = _next.Count;
                _next[state].Add(c, next);
                _next.Add([]);
                _depth.Add(_depth[state] + 1);
                _longest.Add(0);
            }

            state = next;
        }

        _longest[state] = word.Length;
    }

    private void Link()
    {
        var queue = new Queue<int>(_next[0].Values);
        while (queue.TryDequeue(out var state))
        {
            _longest[state] = Math.Max(_longest[state], _longest[_fallback[state]]);
            foreach (var (c, child) in _next[state])
            {
                _fallback[child] = Step(_fallback[state], c);
                queue.Enqueue(child);
            }
        }
    }
}
