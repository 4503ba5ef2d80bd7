using System.Buffers;

namespace TheaIA.Pipeline;

/// <summary>
/// What the secrets look like: a tree of their characters, so that common beginnings are looked at
/// once. Each character has many forms, so that any mixture of forms is found.
/// </summary>
internal sealed class SecretPatterns
{
    private static readonly Start[] None = [];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, CharacterForms> _forms = new(StringComparer.Ordinal);
    private readonly Dictionary<char, List<Start>> _starting = [];
    private readonly SecretNode _root = new("", isRaw: true, read: -1);

    public SecretPatterns(IEnumerable<SecretWord> words)
    {
        foreach (var word in words)
        {
            Add(word);
        }

        for (var node = _root.FirstChild; node is not null; node = node.Sibling)
        {
            foreach (var edge in FormsOf(node).From(CharacterForms.Entry))
            {
                if (!_starting.TryGetValue(edge.Character, out var same))
                {
                    _starting.Add(edge.Character, same = []);
                }

                same.Add(new(node, edge.Next));
            }
        }

        First = SearchValues.Create([.. _starting.Keys]);
    }

    /// <summary>The characters that a secret's form may begin with.</summary>
    public SearchValues<char> First { get; }

    /// <summary>Where this character leads to from the beginning.</summary>
    public IReadOnlyList<Start> StartingWith(char c) =>
        _starting.TryGetValue(c, out var starts) ? starts : None;

    /// <summary>A character's forms; made when a text first comes so far.</summary>
    public CharacterForms FormsOf(SecretNode node)
    {
        if (node.Forms is { } forms)
        {
            return forms;
        }

        lock (_lock)
        {
            var key = node.IsRaw ? "raw " + node.Character : node.Character;
            if (!_forms.TryGetValue(key, out forms))
            {
                forms = node.IsRaw
                    ? CharacterForms.Raw(node.Character)
                    : CharacterForms.All(node.Character);
                _forms.Add(key, forms);
            }

            return node.Forms = forms;
        }
    }

    private void Add(SecretWord word)
    {
        var path = new List<SecretNode>();
        var node = _root;
        for (var i = 0; i < word.Text.Length; i += node.Character.Length)
        {
            var isRaw = word.IsEncoded && char.IsAsciiLetterOrDigit(word.Text[i]);
            node = node.Child(
                word.Text.AsSpan(i, char.IsSurrogatePair(word.Text, i) ? 2 : 1),
                isRaw
            );
            path.Add(node);
        }

        node.IsEnd = true;
        foreach (var passed in path)
        {
            passed.Shortest = Math.Min(passed.Shortest, path.Count);
        }
    }

    /// <summary>Where a secret's first character of the text leads to.</summary>
    /// <param name="Node">The secret's first character.</param>
    /// <param name="Form">The node in its forms.</param>
    internal readonly record struct Start(SecretNode Node, int Form);
}
