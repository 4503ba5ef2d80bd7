namespace TheaIA.Pipeline;

/// <summary>Where a character of the text leads to from where several secrets part.</summary>
internal sealed class SecretBranches
{
    private static readonly List<Branch> None = [];

    private readonly Dictionary<char, List<Branch>> _branches = [];

    /// <param name="node">The secrets part behind it.</param>
    public SecretBranches(SecretNode node)
    {
        for (var child = node.FirstChild; child is not null; child = child.Sibling)
        {
            foreach (var edge in child.FormsAt(0).From(FormGraph.Entry))
            {
                if (!_branches.TryGetValue(edge.Character, out var same))
                {
                    _branches.Add(edge.Character, same = []);
                }

                same.Add(new(child, edge.Next));
            }
        }
    }

    /// <summary>The characters that lead on.</summary>
    public IReadOnlyCollection<char> Characters => _branches.Keys;

    /// <summary>Where this one leads to.</summary>
    public List<Branch> Of(char c) => _branches.GetValueOrDefault(c, None);

    /// <summary>One of the ways on.</summary>
    /// <param name="Node">It begins with the character that is being read.</param>
    /// <param name="Form">Where in that one's forms.</param>
    internal readonly record struct Branch(SecretNode Node, int Form);
}
