namespace TheaIA.Pipeline;

/// <summary>
/// Characters of one or more secrets that are the same so far. Many are kept in one node, as a secret
/// of some length has a hundred times as many characters in all its words.
/// </summary>
/// <param name="characters">They go on in the same way in all these secrets.</param>
/// <param name="read">How many characters come before them.</param>
internal sealed class SecretNode(SecretCharacter[] characters, int read)
{
    private SecretCharacter[] _characters = characters;
    private volatile SecretBranches? _branches;

    /// <summary>How many characters it has; the root has none.</summary>
    public int Length => _characters.Length;

    /// <summary>How many characters come before it.</summary>
    public int Read => read;

    /// <summary>It is base64, which may go to the next line before and behind each of its characters.</summary>
    public bool IsEncoded => Length > 0 && _characters[0].IsEncoded;

    /// <summary>A secret ends with its last character.</summary>
    public bool IsEnd { get; private set; }

    /// <summary>How many characters the shortest secret has that it belongs to.</summary>
    public int Shortest { get; private set; } = int.MaxValue;

    /// <summary>One that may follow it; the others are that one's siblings.</summary>
    public SecretNode? FirstChild { get; private set; }

    public SecretNode? Sibling { get; private set; }

    /// <summary>What may follow it; made when a text first comes so far. Two threads may make the same.</summary>
    public SecretBranches Branches => _branches ??= new(this);

    /// <summary>The forms of one of its characters.</summary>
    public CharacterForms FormsAt(int offset) => _characters[offset].Forms;

    /// <summary>Adds a secret to the tree that this is the root of.</summary>
    public void Add(ReadOnlySpan<SecretCharacter> secret)
    {
        var length = secret.Length;
        var node = this;
        while (node.Child(secret[0]) is { } child)
        {
            var common = secret.CommonPrefixLength(child._characters);
            if (common < child.Length)
            {
                child.Split(common);
            }

            child.Shortest = Math.Min(child.Shortest, length);
            secret = secret[common..];
            node = child;
            if (secret.IsEmpty)
            {
                node.IsEnd = true;
                return;
            }
        }

        node.FirstChild = new(secret.ToArray(), node.Read + node.Length)
        {
            IsEnd = true,
            Shortest = length,
            Sibling = node.FirstChild,
        };
    }

    private SecretNode? Child(SecretCharacter character)
    {
        var child = FirstChild;
        while (child is not null && child._characters[0] != character)
        {
            child = child.Sibling;
        }

        return child;
    }

    /// <summary>Leaves so many characters in it; a child gets the others and all that follows.</summary>
    private void Split(int length)
    {
        FirstChild = new(_characters[length..], Read + length)
        {
            IsEnd = IsEnd,
            Shortest = Shortest,
            FirstChild = FirstChild,
        };
        _characters = _characters[..length];
        IsEnd = false;
    }
}
