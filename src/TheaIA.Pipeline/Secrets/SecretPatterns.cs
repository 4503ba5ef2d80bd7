using System.Buffers;

namespace TheaIA.Pipeline;

/// <summary>
/// What the secrets look like: a tree of their characters, so that common beginnings are looked at
/// once. Each character has many forms, so that any mixture of forms is found.
/// </summary>
internal sealed class SecretPatterns
{
    private readonly Dictionary<(string, bool), SecretCharacter> _characters = [];

    public SecretPatterns(IEnumerable<SecretWord> words)
    {
        var root = new SecretNode([], read: 0);
        foreach (var word in words)
        {
            root.Add(Characters(word));
        }

        Beginnings = root.Branches;
        First = SearchValues.Create([.. Beginnings.Characters]);
    }

    /// <summary>The characters that a secret's form may begin with.</summary>
    public SearchValues<char> First { get; }

    /// <summary>Where a secret's first character leads to.</summary>
    public SecretBranches Beginnings { get; }

    private SecretCharacter[] Characters(SecretWord word)
    {
        var text = word.Text;
        var characters = new List<SecretCharacter>(text.Length);
        for (var i = 0; i < text.Length; )
        {
            var length = char.IsSurrogatePair(text, i) ? 2 : 1;
            characters.Add(Character(text.Substring(i, length), word.IsEncoded));
            i += length;
        }

        return [.. characters];
    }

    private SecretCharacter Character(string text, bool isEncoded)
    {
        if (!_characters.TryGetValue((text, isEncoded), out var character))
        {
            character = new(text, isEncoded);
            _characters.Add((text, isEncoded), character);
        }

        return character;
    }
}
