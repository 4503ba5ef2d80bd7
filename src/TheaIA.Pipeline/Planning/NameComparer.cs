using System.Diagnostics.CodeAnalysis;

namespace TheaIA.Pipeline;

/// <summary>Names ignore case and dashes, the same in every culture: DockerBuild is docker-build.</summary>
internal sealed class NameComparer : IEqualityComparer<string>
{
    public static NameComparer Instance { get; } = new();

    public bool Equals(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return ReferenceEquals(x, y);
        }

        for (int i = 0, j = 0; ; i++, j++)
        {
            while (i < x.Length && x[i] == '-')
            {
                i++;
            }

            while (j < y.Length && y[j] == '-')
            {
                j++;
            }

            if (i == x.Length || j == y.Length)
            {
                return i == x.Length && j == y.Length;
            }

            if (char.ToUpperInvariant(x[i]) != char.ToUpperInvariant(y[j]))
            {
                return false;
            }
        }
    }

    public int GetHashCode([DisallowNull] string obj)
    {
        var hash = 5381;
        foreach (var letter in obj)
        {
            if (letter != '-')
            {
                hash = unchecked((hash * 33) ^ char.ToUpperInvariant(letter));
            }
        }

        return hash;
    }
}
