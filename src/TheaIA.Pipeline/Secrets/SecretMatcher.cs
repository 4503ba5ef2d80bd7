namespace TheaIA.Pipeline;

/// <summary>
/// Finds secrets in a text that comes in pieces, in one pass. It keeps a trail for each beginning of
/// a secret that the text's end may still complete.
/// </summary>
internal sealed class SecretMatcher(SecretPatterns patterns)
{
    /// <summary>Fewer characters of a cut secret than these are ordinary text.</summary>
    private const int ShortestCut = 4;

    // in the order of their starts
    private List<Trail> _open = [];
    private List<Trail> _next = [];

    /// <summary>What it looks for.</summary>
    public SecretPatterns Patterns => patterns;

    /// <summary>Marks each character of each secret that ends in the new part of the text.</summary>
    /// <param name="text">Text whose end is new.</param>
    /// <param name="start">The index of the first new character.</param>
    /// <param name="marks">One a character of the text.</param>
    public void Mark(ReadOnlySpan<char> text, int start, Span<bool> marks)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (_open.Count == 0)
            {
                var skip = text[i..].IndexOfAny(patterns.First);
                if (skip < 0)
                {
                    return;
                }

                i += skip;
            }

            _next.Clear();
            foreach (var trail in _open)
            {
                Step(trail, text[i], i, marks);
            }

            foreach (var word in patterns.StartingWith(text[i]))
            {
                Step(new(i, word, 0, CharacterForms.Entry), text[i], i, marks);
            }

            (_open, _next) = (_next, _open);
        }
    }

    /// <summary>How many of the last characters could still become a secret.</summary>
    /// <param name="length">The text's length.</param>
    public int Pending(int length) => _open.Count == 0 ? 0 : length - _open[0].Start;

    /// <summary>So many characters at the text's beginning are gone; none of them is pending.</summary>
    public void Drop(int count)
    {
        for (var i = 0; i < _open.Count; i++)
        {
            _open[i] = _open[i] with { Start = _open[i].Start - count };
        }
    }

    /// <summary>
    /// Marks what is more than a beginning by chance: the text ends within a secret, of which at least
    /// half was there, and at least 4 characters.
    /// </summary>
    /// <param name="marks">One a character of the text.</param>
    public void MarkCut(Span<bool> marks)
    {
        foreach (var trail in _open)
        {
            var whole = patterns.Word(trail.Word).Length;
            if (trail.Position >= ShortestCut && trail.Position * 2 >= whole)
            {
                marks[trail.Start..].Fill(true);
            }
        }
    }

    private void Step(Trail trail, char c, int index, Span<bool> marks)
    {
        var word = patterns.Word(trail.Word);
        foreach (var edge in word[trail.Position].From(trail.Node))
        {
            if (edge.Character != c)
            {
                continue;
            }

            if (edge.Next != CharacterForms.Exit)
            {
                Follow(trail with { Node = edge.Next });
            }
            else if (trail.Position + 1 < word.Length)
            {
                Follow(trail with { Position = trail.Position + 1, Node = CharacterForms.Entry });
            }
            else
            {
                marks[trail.Start..(index + 1)].Fill(true);
            }
        }
    }

    private void Follow(Trail trail)
    {
        // of two that go on in the same way the one that began first marks more
        foreach (var other in _next)
        {
            if (other with { Start = trail.Start } == trail)
            {
                return;
            }
        }

        _next.Add(trail);
    }

    /// <summary>A beginning of a secret.</summary>
    /// <param name="Start">The index of its first character in the text.</param>
    /// <param name="Word">The secret's word.</param>
    /// <param name="Position">How many of the word's characters are read.</param>
    /// <param name="Node">Where in the next one's forms it is.</param>
    private readonly record struct Trail(int Start, int Word, int Position, int Node);
}
