namespace TheaIA.Pipeline;

/// <summary>What a build program likes to write on collections.</summary>
public static class EnumerableExtensions
{
    /// <summary>Does something with each item, in order.</summary>
    /// <typeparam name="T">The items' type.</typeparam>
    /// <param name="enumerable">The items.</param>
    /// <param name="action">What to do.</param>
    public static void ForEach<T>(this IEnumerable<T> enumerable, Action<T> action)
    {
        foreach (var item in enumerable)
        {
            action(item);
        }
    }

    /// <summary>Does something with each item and its number, in order.</summary>
    /// <typeparam name="T">The items' type.</typeparam>
    /// <param name="enumerable">The items.</param>
    /// <param name="action">What to do with an item and its number, from 0.</param>
    public static void ForEach<T>(this IEnumerable<T> enumerable, Action<T, int> action)
    {
        foreach (var (index, item) in enumerable.Index())
        {
            action(item, index);
        }
    }
}
