using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>
/// Checks of a build program. What does not hold ends the target (<see cref="Outcome.Failed"/>) with
/// the message, or with one that quotes what was checked.
/// </summary>
public static class Assert
{
    /// <summary>Ends the target.</summary>
    /// <param name="message">One sentence: the fact, the culprit, the next command.</param>
    /// <param name="exception">What caused it. Null: nothing.</param>
    /// <exception cref="OutcomeException">Always.</exception>
    [DoesNotReturn]
    public static void Fail(string message, Exception? exception = null) =>
        throw Failed(message, exception);

    /// <summary>The condition must hold.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="message">What to say. Null: a sentence that quotes the condition.</param>
    /// <param name="argumentExpression">Filled in by the compiler.</param>
    /// <exception cref="OutcomeException">It does not hold.</exception>
    public static void True(
        [DoesNotReturnIf(false)] bool condition,
        string? message = null,
        [CallerArgumentExpression(nameof(condition))] string? argumentExpression = null
    )
    {
        if (!condition)
        {
            throw Failed(message ?? $"{argumentExpression} is false.");
        }
    }

    /// <summary>The condition must not hold.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="message">What to say. Null: a sentence that quotes the condition.</param>
    /// <param name="argumentExpression">Filled in by the compiler.</param>
    /// <exception cref="OutcomeException">It holds.</exception>
    public static void False(
        [DoesNotReturnIf(true)] bool condition,
        string? message = null,
        [CallerArgumentExpression(nameof(condition))] string? argumentExpression = null
    )
    {
        if (condition)
        {
            throw Failed(message ?? $"{argumentExpression} is true.");
        }
    }

    /// <summary>The object must be there.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="obj">The object.</param>
    /// <param name="message">What to say. Null: a sentence that quotes the object.</param>
    /// <param name="argumentExpression">Filled in by the compiler.</param>
    /// <returns>The object.</returns>
    /// <exception cref="OutcomeException">It is null.</exception>
    public static T NotNull<T>(
        [NotNull] this T? obj,
        string? message = null,
        [CallerArgumentExpression(nameof(obj))] string? argumentExpression = null
    )
        where T : class
    {
        return obj ?? throw Failed(message ?? $"{argumentExpression} is null.");
    }

    /// <summary>The value must be there.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="obj">The value.</param>
    /// <param name="message">What to say. Null: a sentence that quotes the value.</param>
    /// <param name="argumentExpression">Filled in by the compiler.</param>
    /// <returns>The value.</returns>
    /// <exception cref="OutcomeException">It is null.</exception>
    public static T? NotNull<T>(
        [NotNull] this T? obj,
        string? message = null,
        [CallerArgumentExpression(nameof(obj))] string? argumentExpression = null
    )
        where T : struct
    {
        return obj ?? throw Failed(message ?? $"{argumentExpression} is null.");
    }

    /// <summary>The text must be there and not be empty.</summary>
    /// <param name="str">The text.</param>
    /// <param name="message">What to say. Null: a sentence that quotes the text's name.</param>
    /// <param name="argumentExpression">Filled in by the compiler.</param>
    /// <returns>The text.</returns>
    /// <exception cref="OutcomeException">It is null or empty.</exception>
    public static string NotNullOrEmpty(
        [NotNull] this string? str,
        string? message = null,
        [CallerArgumentExpression(nameof(str))] string? argumentExpression = null
    )
    {
        return str.NotNull(message, argumentExpression).Length > 0
            ? str
            : throw Failed(message ?? $"{argumentExpression} is empty.");
    }

    /// <summary>The text must hold more than white space.</summary>
    /// <param name="str">The text.</param>
    /// <param name="message">What to say. Null: a sentence that quotes the text's name.</param>
    /// <param name="argumentExpression">Filled in by the compiler.</param>
    /// <returns>The text.</returns>
    /// <exception cref="OutcomeException">It is null, empty or blank.</exception>
    public static string NotNullOrWhiteSpace(
        [NotNull] this string? str,
        string? message = null,
        [CallerArgumentExpression(nameof(str))] string? argumentExpression = null
    )
    {
        return !string.IsNullOrWhiteSpace(str.NotNull(message, argumentExpression))
            ? str
            : throw Failed(message ?? $"{argumentExpression} is blank.");
    }

    /// <summary>The collection must hold something.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="collection">The collection.</param>
    /// <param name="message">What to say. Null: a sentence that quotes the collection.</param>
    /// <param name="argumentExpression">Filled in by the compiler.</param>
    /// <exception cref="OutcomeException">It is null or empty.</exception>
    public static void NotEmpty<T>(
        [NotNull] IReadOnlyCollection<T>? collection,
        string? message = null,
        [CallerArgumentExpression(nameof(collection))] string? argumentExpression = null
    ) =>
        True(
            collection.NotNull(message, argumentExpression).Count > 0,
            message ?? $"{argumentExpression} is empty."
        );

    /// <summary>The collection must hold nothing.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="collection">The collection.</param>
    /// <param name="message">What to say. Null: a sentence that quotes the collection.</param>
    /// <param name="argumentExpression">Filled in by the compiler.</param>
    /// <exception cref="OutcomeException">It is null or holds something.</exception>
    public static void Empty<T>(
        [NotNull] IReadOnlyCollection<T>? collection,
        string? message = null,
        [CallerArgumentExpression(nameof(collection))] string? argumentExpression = null
    ) => Count(collection, 0, message, argumentExpression);

    /// <summary>The collection must hold one thing.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="collection">The collection.</param>
    /// <param name="message">What to say. Null: a sentence that quotes the collection.</param>
    /// <param name="argumentExpression">Filled in by the compiler.</param>
    /// <exception cref="OutcomeException">It is null or holds nothing or more.</exception>
    public static void HasSingleItem<T>(
        [NotNull] IReadOnlyCollection<T>? collection,
        string? message = null,
        [CallerArgumentExpression(nameof(collection))] string? argumentExpression = null
    ) => Count(collection, 1, message, argumentExpression);

    /// <summary>The collection must hold so many things.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="collection">The collection.</param>
    /// <param name="length">How many.</param>
    /// <param name="message">What to say. Null: a sentence that quotes the collection.</param>
    /// <param name="argumentExpression">Filled in by the compiler.</param>
    /// <exception cref="OutcomeException">It is null or holds another number.</exception>
    public static void Count<T>(
        [NotNull] IReadOnlyCollection<T>? collection,
        int length,
        string? message = null,
        [CallerArgumentExpression(nameof(collection))] string? argumentExpression = null
    )
    {
        var count = collection.NotNull(message, argumentExpression).Count;
        True(count == length, message ?? $"{argumentExpression} holds {count}, not {length}.");
    }

    /// <summary>There must be such a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="message">What to say. Null: a sentence with the path.</param>
    /// <param name="argumentExpression">Filled in by the compiler.</param>
    /// <exception cref="OutcomeException">There is none.</exception>
    public static void FileExists(
        [NotNull] string? path,
        string? message = null,
        [CallerArgumentExpression(nameof(path))] string? argumentExpression = null
    ) =>
        True(
            File.Exists(path.NotNull(message, argumentExpression)),
            message ?? $"There is no file '{path}' ({argumentExpression})."
        );

    /// <summary>There must be such a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="message">What to say. Null: a sentence with the path.</param>
    /// <param name="argumentExpression">Filled in by the compiler.</param>
    /// <exception cref="OutcomeException">There is none.</exception>
    public static void DirectoryExists(
        [NotNull] string? path,
        string? message = null,
        [CallerArgumentExpression(nameof(path))] string? argumentExpression = null
    ) =>
        True(
            Directory.Exists(path.NotNull(message, argumentExpression)),
            message ?? $"There is no folder '{path}' ({argumentExpression})."
        );

    private static OutcomeException Failed(string message, Exception? exception = null) =>
        new(Outcome.Failed, message, exception);
}
