namespace TheaIA.Pipeline;

/// <summary>A character of one or more secrets that are the same so far.</summary>
/// <param name="character">One UTF-16 code unit, or a surrogate pair.</param>
/// <param name="isRaw">Only the character itself counts.</param>
/// <param name="read">How many characters come before it.</param>
internal sealed class SecretNode(string character, bool isRaw, int read)
{
    public string Character { get; } = character;

    public bool IsRaw { get; } = isRaw;

    public int Read { get; } = read;

    /// <summary>A secret ends with it.</summary>
    public bool IsEnd { get; set; }

    /// <summary>How many characters the shortest secret has that it belongs to.</summary>
    public int Shortest { get; set; } = int.MaxValue;

    /// <summary>Its forms; null until they are needed.</summary>
    public CharacterForms? Forms { get; set; }

    /// <summary>One that may follow it; the others are that one's siblings.</summary>
    public SecretNode? FirstChild { get; private set; }

    public SecretNode? Sibling { get; private set; }

    /// <summary>The one for a character that follows it.</summary>
    public SecretNode Child(ReadOnlySpan<char> character, bool isRaw)
    {
        for (var child = FirstChild; child is not null; child = child.Sibling)
        {
            if (child.IsRaw == isRaw && character.SequenceEqual(child.Character))
            {
                return child;
            }
        }

        return FirstChild = new(character.ToString(), isRaw, Read + 1) { Sibling = FirstChild };
    }
}
