using System.Runtime.InteropServices;

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

            Step(text[i], i, marks);
            (_open, _next) = (_next, _open);
            _next.Clear();
        }
    }

    /// <summary>How many of the last characters could still become a secret.</summary>
    /// <param name="length">The text's length.</param>
    public int Pending(int length) => _open.Count == 0 ? 0 : length - _open[0].Start;

    /// <summary>So many characters at the text's beginning are gone; none of them is pending.</summary>
    public void Drop(int count)
    {
        foreach (ref var trail in CollectionsMarshal.AsSpan(_open))
        {
            trail = trail with { Start = trail.Start - count };
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
            var read = trail.Node.Read;
            if (read >= ShortestCut && read * 2 >= trail.Node.Shortest)
            {
                marks[trail.Start..].Fill(true);
            }
        }
    }

    private void Step(char c, int index, Span<bool> marks)
    {
        foreach (ref readonly var trail in CollectionsMarshal.AsSpan(_open))
        {
            foreach (var edge in patterns.FormsOf(trail.Node).From(trail.Form))
            {
                if (edge.Character == c)
                {
                    Follow(trail with { Form = edge.Next }, _next.Count, index, marks);
                }
            }
        }

        // those that begin here are not the same as one another
        var older = _next.Count;
        foreach (var begun in patterns.StartingWith(c))
        {
            Follow(new(index, begun.Node, begun.Form), older, index, marks);
        }
    }

    private void Follow(Trail trail, int older, int index, Span<bool> marks)
    {
        if (trail.Form != CharacterForms.Exit)
        {
            Keep(trail, older);
            return;
        }

        if (trail.Node.IsEnd)
        {
            marks[trail.Start..(index + 1)].Fill(true);
        }

        for (var child = trail.Node.FirstChild; child is not null; child = child.Sibling)
        {
            Keep(new(trail.Start, child, CharacterForms.Entry), older);
        }
    }

    private void Keep(Trail trail, int older)
    {
        // of two that go on in the same way the one that began first marks more
        foreach (ref readonly var other in CollectionsMarshal.AsSpan(_next)[..older])
        {
            if (ReferenceEquals(other.Node, trail.Node) && other.Form == trail.Form)
            {
                return;
            }
        }

        _next.Add(trail);
    }

    /// <summary>A beginning of a secret.</summary>
    /// <param name="Start">The index of its first character in the text.</param>
    /// <param name="Node">The secret's character that is being read.</param>
    /// <param name="Form">Where in its forms that is.</param>
    private readonly record struct Trail(int Start, SecretNode Node, int Form);
}
