namespace TheaIA.Pipeline;

/// <summary>A small automaton that reads one character of a secret in any of its forms.</summary>
internal abstract class FormGraph
{
    /// <summary>The node before the character.</summary>
    public const int Entry = 0;

    /// <summary>The node behind the character; nothing leads on from it but for a line break.</summary>
    public const int Exit = 1;

    private readonly List<List<Edge>> _nodes =
    [
        [],
        [],
    ];
    private readonly HashSet<int> _joints = [Exit];

    /// <summary>Where a character leads to from a node; several edges may have the same one.</summary>
    public List<Edge> From(int node) => _nodes[node];

    /// <summary>A node where several forms meet.</summary>
    protected int Joint()
    {
        var joint = Node();
        _joints.Add(joint);
        return joint;
    }

    private int Node()
    {
        _nodes.Add([]);
        return _nodes.Count - 1;
    }

    /// <summary>Makes a text lead from one node to another; beginnings are shared.</summary>
    protected void Path(int from, int to, string text, int anyCaseFrom = int.MaxValue)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var isLast = i == text.Length - 1;
            var next = isLast ? to : Shared(from, text[i]) ?? Node();
            Link(from, text[i], next);
            if (i >= anyCaseFrom)
            {
                Link(from, char.ToLowerInvariant(text[i]), next);
            }

            from = next;
        }
    }

    private int? Shared(int node, char c)
    {
        foreach (var edge in _nodes[node])
        {
            if (edge.Character == c && !_joints.Contains(edge.Next))
            {
                return edge.Next;
            }
        }

        return null;
    }

    private void Link(int from, char c, int to)
    {
        foreach (var edge in _nodes[from])
        {
            if (edge.Character == c && edge.Next == to)
            {
                return;
            }
        }

        _nodes[from].Add(new(c, to));
    }

    /// <summary>One step within a form.</summary>
    /// <param name="Character">The character that is read.</param>
    /// <param name="Next">The node that it leads to.</param>
    internal readonly record struct Edge(char Character, int Next);
}
