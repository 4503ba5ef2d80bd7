using System.Buffers;

namespace TheaIA.Pipeline;

/// <summary>
/// What the secrets look like: each is a row of characters, and each character has many forms
/// (<see cref="CharacterForms"/>), so that any mixture of forms is found. Never changes.
/// </summary>
internal sealed class SecretPatterns
{
    private readonly List<CharacterForms[]> _words = [];
    private readonly Dictionary<char, int[]> _starting = [];
    private readonly Dictionary<(string, bool), CharacterForms> _forms = [];

    public SecretPatterns(IEnumerable<SecretWord> words)
    {
        var starting = new Dictionary<char, SortedSet<int>>();
        foreach (var word in words)
        {
            CharacterForms[] row = [.. Characters(word)];
            foreach (var edge in row[0].From(CharacterForms.Entry))
            {
                if (!starting.TryGetValue(edge.Character, out var same))
                {
                    starting.Add(edge.Character, same = []);
                }

                same.Add(_words.Count);
            }

            _words.Add(row);
        }

        foreach (var (c, same) in starting)
        {
            _starting.Add(c, [.. same]);
        }

        First = SearchValues.Create([.. starting.Keys]);
    }

    /// <summary>The characters that a secret's form may begin with.</summary>
    public SearchValues<char> First { get; }

    /// <summary>The words that this character may begin.</summary>
    public ReadOnlySpan<int> StartingWith(char c) => _starting.GetValueOrDefault(c);

    /// <summary>A word's characters.</summary>
    public CharacterForms[] Word(int word) => _words[word];

    private IEnumerable<CharacterForms> Characters(SecretWord word)
    {
        var elements = new List<string>();
        for (var i = 0; i < word.Text.Length; i += elements[^1].Length)
        {
            elements.Add(word.Text.Substring(i, char.IsSurrogatePair(word.Text, i) ? 2 : 1));
        }

        return elements.Select(e => Forms(e, word.IsEncoded && char.IsAsciiLetterOrDigit(e[0])));
    }

    private CharacterForms Forms(string character, bool isRaw)
    {
        if (!_forms.TryGetValue((character, isRaw), out var forms))
        {
            forms = isRaw ? CharacterForms.Raw(character) : CharacterForms.All(character);
            _forms.Add((character, isRaw), forms);
        }

        return forms;
    }
}
