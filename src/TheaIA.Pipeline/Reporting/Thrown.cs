using System.Diagnostics.CodeAnalysis;

namespace TheaIA.Pipeline;

/// <summary>
/// What an exception says, read so that reading it never fails: its members are the build program's own
/// code, and one that throws must not hide the failure.
/// </summary>
internal static class Thrown
{
    /// <summary>Its message; its type's name where it has none.</summary>
    public static string MessageOf(Exception thrown) => Said(thrown) ?? thrown.GetType().Name;

    /// <summary>Its type's name with its message, and those of what caused it first.</summary>
    /// <param name="thrown">The exception.</param>
    /// <param name="mask">Hides secrets in the message as it was, before its ends are trimmed.</param>
    public static string NamedMessageOf(Exception thrown, SecretMask? mask = null)
    {
        var first = thrown;
        while (first.InnerException is { } inner)
        {
            first = inner;
        }

        var whole = One(thrown, mask);
        return first == thrown ? whole : $"{whole}, caused by {One(first, mask)}";
    }

    private static string One(Exception thrown, SecretMask? mask) =>
        Said(thrown) is { } message
            ? $"{thrown.GetType().Name}: {(mask?.Mask(message) ?? message).Trim()}"
            : thrown.GetType().Name;

    /// <summary>All of it, for a log: what <see cref="Exception.ToString"/> gives, or as much of that as there is.</summary>
    public static string TextOf(Exception thrown) =>
        Read(thrown.ToString)
        ?? $"{thrown.GetType().FullName}: {MessageOf(thrown)}\n{Read(() => thrown.StackTrace)}".TrimEnd();

    private static string? Said(Exception thrown) => Read(() => thrown.Message);

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "Whatever an exception's own member throws, there is nothing to read then."
    )]
    private static string? Read(Func<string?> member)
    {
        try
        {
            return member() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
        }
        catch (Exception)
        {
            return null;
        }
    }
}
