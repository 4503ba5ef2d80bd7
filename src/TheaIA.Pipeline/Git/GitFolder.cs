using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>Where a checkout keeps what git knows.</summary>
/// <param name="Root">The folder that has <c>.git</c>.</param>
/// <param name="Own">The checkout's own: HEAD. Of a worktree, a folder below the other's <c>.git</c>.</param>
/// <param name="Common">What all worktrees share: config, refs, packed-refs, objects.</param>
internal sealed record GitFolder(AbsolutePath Root, string Own, string Common)
{
    public string ConfigFile => Path.Combine(Common, "config");

    /// <summary>The nearest one, upwards. Null: there is none.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: it cannot be read.</exception>
    public static GitFolder? Find(AbsolutePath directory)
    {
        for (var root = directory; root is not null; root = root.Parent)
        {
            var git = Path.Combine(root.ToString(), ".git");
            // without HEAD it is no repository, and git looks further up too
            if (File.Exists(Path.Combine(git, "HEAD")))
            {
                return new(root, git, git);
            }

            if (File.Exists(git))
            {
                return Read(root, () => Elsewhere(root, git));
            }
        }

        return null;
    }

    /// <summary>Reads its files: what goes wrong is told in one sentence.</summary>
    public T Read<T>(Func<T> read) => Read(Root, read);

    public OutcomeException Unreadable(string why) => Unreadable(Root, why);

    private static T Read<T>(AbsolutePath root, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw Unreadable(root, e.Message.TrimEnd('.'));
        }
    }

    private static OutcomeException Unreadable(AbsolutePath root, string why) =>
        Wrong.Program(
            $"The git repository {root} cannot be read: {why}. `git -C {root} status` may say more."
        );

    /// <summary>A worktree's or a submodule's <c>.git</c> is a file that names the folder.</summary>
    private static GitFolder Elsewhere(AbsolutePath root, string file)
    {
        const string Named = "gitdir: ";
        var text = File.ReadAllText(file);
        if (!text.StartsWith(Named, StringComparison.Ordinal))
        {
            throw Unreadable(root, $"{file} names no folder");
        }

        var own = Path.GetFullPath(text[Named.Length..].TrimEnd('\r', '\n'), root.ToString());
        if (!File.Exists(Path.Combine(own, "HEAD")))
        {
            throw Unreadable(root, $"{own}, which its .git names, is none");
        }

        var shared = Path.Combine(own, "commondir");
        var common = File.Exists(shared)
            ? Path.GetFullPath(File.ReadAllText(shared).TrimEnd('\r', '\n'), own)
            : own;
        return new(root, own, common);
    }
}
