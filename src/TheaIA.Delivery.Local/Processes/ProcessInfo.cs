namespace TheaIA.Delivery.Local.Processes;

/// <summary>A process that a reused id cannot be taken for.</summary>
/// <param name="Id">The process id.</param>
/// <param name="Started">Its start, in clock ticks since boot.</param>
internal readonly record struct ProcessKey(int Id, long Started);

/// <summary>A process that runs now.</summary>
/// <param name="Key">Which one.</param>
/// <param name="Arguments">Its command line.</param>
internal sealed record ProcessInfo(ProcessKey Key, IReadOnlyList<string> Arguments)
{
    private const int Longest = 60;

    /// <summary>What stands after an option on its command line; null: no such option.</summary>
    public string? After(string option)
    {
        for (var i = 0; i + 1 < Arguments.Count; i++)
        {
            if (string.Equals(Arguments[i], option, StringComparison.Ordinal))
            {
                return Arguments[i + 1];
            }
        }
        return null;
    }

    /// <summary>As a person reads it: <c>process 4711 (python3 -m http.server 8000)</c>.</summary>
    public override string ToString()
    {
        var line = string.Join(' ', Arguments);
        var shown = line.Length > Longest ? line[..(Longest - 3)] + "..." : line;
        return $"process {Key.Id} ({shown})";
    }
}
