using System.Diagnostics;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>
/// An absolute path of a file or folder, without <c>.</c> and <c>..</c> and without a separator at
/// its end. Compares ordinally.
/// </summary>
[DebuggerDisplay("{_path}")]
public sealed class AbsolutePath : IEquatable<AbsolutePath>, IComparable<AbsolutePath>
{
    private readonly string _path;

    private AbsolutePath(string path) => _path = path;

    /// <summary>Makes a path of rooted text.</summary>
    /// <param name="path">The text: <c>/srv/checkout</c>.</param>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: it is not rooted.</exception>
    public static AbsolutePath Create(string path) =>
        path.Contains('\0', StringComparison.Ordinal)
            ? throw new OutcomeException(
                Outcome.Wrong,
                $"The path '{path.Replace('\0', '?')}' holds a NUL character: write one without."
            )
        : Path.IsPathFullyQualified(path)
            ? new AbsolutePath(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)))
        : throw new OutcomeException(
            Outcome.Wrong,
            $"The path '{path}' is not rooted: write RootDirectory / \"{path}\"."
        );

    /// <summary>The last part: <c>report.html</c>. Empty for the root of the file system.</summary>
    public string Name => Path.GetFileName(_path);

    /// <summary>The last part without its extension: <c>report</c>.</summary>
    public string NameWithoutExtension => Path.GetFileNameWithoutExtension(_path);

    /// <summary>The extension with its dot: <c>.html</c>. Empty when there is none.</summary>
    public string Extension => Path.GetExtension(_path);

    /// <summary>The folder that it is in. Null for the root of the file system.</summary>
    public AbsolutePath? Parent =>
        Path.GetDirectoryName(_path) is { Length: > 0 } parent ? new AbsolutePath(parent) : null;

    /// <summary>A path below (or, with <c>..</c>, above) this one.</summary>
    /// <param name="left">Where to start.</param>
    /// <param name="right">What comes behind; null or empty: nothing.</param>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: the right side is rooted.</exception>
    public static AbsolutePath operator /(AbsolutePath left, string? right) =>
        string.IsNullOrEmpty(right) ? left
        : Path.IsPathRooted(right)
            ? throw new OutcomeException(
                Outcome.Wrong,
                $"The path '{right}' is rooted and cannot stand behind '{left}' /: leave '{left}' out."
            )
        : Create(left._path + Path.DirectorySeparatorChar + right);

    /// <summary>The parent, as in <c>RootDirectory / ..</c>; the root's is itself.</summary>
    /// <param name="left">Where to start.</param>
    /// <param name="right">Always <c>..</c>.</param>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: another range than <c>..</c>.</exception>
    public static AbsolutePath operator /(AbsolutePath left, Range right) =>
        right.Equals(Range.All)
            ? left.Parent ?? left
            : throw new OutcomeException(
                Outcome.Wrong,
                $"Behind '{left}' / only the range .. has a meaning, not {right}: write / .. or / \"name\"."
            );

    /// <summary>The path with text behind its last part: <c>project + ".csproj"</c>.</summary>
    /// <param name="left">The path.</param>
    /// <param name="right">The text; null: nothing.</param>
    public static AbsolutePath operator +(AbsolutePath left, string? right) =>
        Create(left._path + right);

    /// <summary>The path as text. Null stays null.</summary>
    /// <param name="path">The path.</param>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(path))]
    public static implicit operator string?(AbsolutePath? path) => path?._path;

    /// <summary>Rooted text as a path. Null stays null.</summary>
    /// <param name="path">The text.</param>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: it is not rooted.</exception>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(path))]
    public static implicit operator AbsolutePath?(string? path) =>
        path is null ? null : Create(path);

    /// <summary>Whether both name the same path.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(AbsolutePath? left, AbsolutePath? right) => Equals(left, right);

    /// <summary>Whether they name different paths.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(AbsolutePath? left, AbsolutePath? right) => !Equals(left, right);

    /// <summary>Whether one sorts before the other, ordinally.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(AbsolutePath? left, AbsolutePath? right) =>
        string.CompareOrdinal(left?._path, right?._path) < 0;

    /// <summary>Whether one sorts before the other or is the same.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(AbsolutePath? left, AbsolutePath? right) =>
        string.CompareOrdinal(left?._path, right?._path) <= 0;

    /// <summary>Whether one sorts after the other.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(AbsolutePath? left, AbsolutePath? right) => right < left;

    /// <summary>Whether one sorts after the other or is the same.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(AbsolutePath? left, AbsolutePath? right) => right <= left;

    /// <summary>Whether the other path is this one or lies below it.</summary>
    /// <param name="other">The other path.</param>
    public bool Contains(AbsolutePath other) =>
        other == this
        || other._path.StartsWith(
            Path.EndsInDirectorySeparator(_path) ? _path : _path + Path.DirectorySeparatorChar,
            StringComparison.Ordinal
        );

    /// <inheritdoc/>
    public bool Equals(AbsolutePath? other) =>
        other is not null && string.Equals(_path, other._path, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AbsolutePath);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_path);

    /// <inheritdoc/>
    public int CompareTo(AbsolutePath? other) => string.CompareOrdinal(_path, other?._path);

    /// <inheritdoc/>
    public override string ToString() => _path;
}
