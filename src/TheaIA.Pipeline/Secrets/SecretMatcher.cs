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

    /// <summary>So many are not compared one by one: a secret that repeats itself has thousands.</summary>
    private const int ManyTrails = 32;

    // in the order of their starts
    private List<Trail> _open = [];
    private List<Trail> _next = [];
    private readonly HashSet<(SecretNode, int, int, int)> _many = [];

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

    /// <summary>
    /// How many of the last characters could still become a secret, and must wait. A line does not wait
    /// for the next one only because its last few characters might be base64 that goes on there, or
    /// because base64 that is marked already might: whoever waits for that line would wait for ever.
    /// </summary>
    /// <param name="length">The text's length.</param>
    public int Pending(int length)
    {
        foreach (ref readonly var trail in CollectionsMarshal.AsSpan(_open))
        {
            if (!trail.IsBehindBreak || (trail.Read >= ShortestCut && !trail.IsBehindEnd))
            {
                return length - trail.Start;
            }
        }

        return 0;
    }

    /// <summary>So many characters at the text's beginning are gone; none of them is pending.</summary>
    public void Drop(int count)
    {
        foreach (ref var trail in CollectionsMarshal.AsSpan(_open))
        {
            trail = trail with { Start = Math.Max(0, trail.Start - count) };
        }
    }

    /// <summary>
    /// Marks what is more than a beginning by chance: the text ends within a secret, of which at least
    /// half was there, and at least 4 characters. A line end that nothing follows is none of it.
    /// </summary>
    /// <param name="text">The text, whose end has come.</param>
    /// <param name="marks">One a character of the text.</param>
    public void MarkCut(ReadOnlySpan<char> text, Span<bool> marks)
    {
        foreach (var trail in _open)
        {
            if (trail.Read >= ShortestCut && trail.Read * 2 >= trail.Node.Shortest)
            {
                var isLineEnd = trail.Break != FormGraph.Entry;
                var end = isLineEnd ? text.TrimEnd("\r\n\t ").Length : text.Length;
                marks[trail.Start..end].Fill(true);
            }
        }
    }

    private void Step(char c, int index, Span<bool> marks)
    {
        foreach (ref readonly var trail in CollectionsMarshal.AsSpan(_open))
        {
            if (trail.Break is FormGraph.Entry or FormGraph.Exit)
            {
                GoOn(trail, c, index, marks);
            }

            if (trail.Form == FormGraph.Entry && trail.Node.IsEncoded)
            {
                foreach (var edge in CharacterForms.LineBreak.From(trail.Break))
                {
                    if (edge.Character == c)
                    {
                        Keep(trail with { Break = edge.Next }, _next.Count);
                    }
                }
            }
        }

        // those that begin here are not the same as one another
        var older = _next.Count;
        foreach (var (node, form) in patterns.Beginnings.Of(c))
        {
            Follow(new(index, node, Offset: 0, form), older, index, marks);
        }
    }

    private void GoOn(Trail trail, char c, int index, Span<bool> marks)
    {
        if (trail.Offset == trail.Node.Length)
        {
            foreach (var (node, form) in trail.Node.Branches.Of(c))
            {
                Follow(new(trail.Start, node, Offset: 0, form), _next.Count, index, marks);
            }

            return;
        }

        foreach (var edge in trail.Node.FormsAt(trail.Offset).From(trail.Form))
        {
            if (edge.Character == c)
            {
                var next = trail with { Form = edge.Next, Break = FormGraph.Entry };
                Follow(next, _next.Count, index, marks);
            }
        }
    }

    private void Follow(Trail trail, int older, int index, Span<bool> marks)
    {
        var node = trail.Node;
        if (trail.Form != FormGraph.Exit)
        {
            Keep(trail, older);
            return;
        }

        var isEnd = node.IsEnd && trail.Offset == node.Length - 1;
        if (isEnd)
        {
            marks[trail.Start..(index + 1)].Fill(true);
        }

        if (trail.Offset < node.Length - 1 || node.FirstChild is not null)
        {
            var next = new Trail(trail.Start, node, trail.Offset + 1, FormGraph.Entry);
            Keep(next with { IsBehindEnd = isEnd }, older);
        }
    }

    private void Keep(Trail trail, int older)
    {
        // of two that go on in the same way the one that began first marks more
        if (_next.Count < ManyTrails ? !IsAmong(trail, older) : _many.Add(trail.Place))
        {
            _next.Add(trail);
            if (_next.Count == ManyTrails)
            {
                _many.Clear();
                _many.UnionWith(_next.Select(t => t.Place));
            }
        }
    }

    private bool IsAmong(Trail trail, int older)
    {
        foreach (ref readonly var other in CollectionsMarshal.AsSpan(_next)[..older])
        {
            if (
                ReferenceEquals(other.Node, trail.Node)
                && other.Offset == trail.Offset
                && other.Form == trail.Form
                && other.Break == trail.Break
            )
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A beginning of a secret.</summary>
    /// <param name="Start">The index of its first character in the text.</param>
    /// <param name="Node">The secret's characters that are being read.</param>
    /// <param name="Offset">Which of them is; behind the last, the first one of any child.</param>
    /// <param name="Form">Where in that one's forms.</param>
    private readonly record struct Trail(int Start, SecretNode Node, int Offset, int Form)
    {
        /// <summary>Where in a line break before that character; its exit is behind one.</summary>
        public int Break { get; init; } = FormGraph.Entry;

        /// <summary>A secret ended with the character before, and is marked.</summary>
        public bool IsBehindEnd { get; init; } = false;

        /// <summary>What decides how it goes on.</summary>
        public (SecretNode Node, int Offset, int Form, int Break) Place =>
            (Node, Offset, Form, Break);

        /// <summary>How many characters of the secret were read.</summary>
        public int Read => Node.Read + Offset;

        /// <summary>Base64 that may go on in this line, which has only begun.</summary>
        public bool IsBehindBreak => Break == FormGraph.Exit;
    }
}
