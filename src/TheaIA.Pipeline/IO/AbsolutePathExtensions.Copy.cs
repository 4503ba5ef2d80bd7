using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>Copying, moving and renaming.</summary>
public static partial class AbsolutePathExtensions
{
    private const ExistsPolicy FilePolicies =
        ExistsPolicy.FileFail
        | ExistsPolicy.FileSkip
        | ExistsPolicy.FileOverwrite
        | ExistsPolicy.FileOverwriteIfNewer;

    /// <summary>Copies a file or a whole folder.</summary>
    /// <param name="source">What to copy.</param>
    /// <param name="target">What it is called there.</param>
    /// <param name="policy">What to do about what is there already. Default: fail.</param>
    /// <param name="excludeDirectory">True for folders to leave out. Null: none.</param>
    /// <param name="excludeFile">True for files to leave out. Null: none.</param>
    /// <returns>The target; a file that stayed as it was: the source.</returns>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Failed"/>: no source, the target is there or lies in the source.
    /// </exception>
    public static AbsolutePath Copy(
        this AbsolutePath source,
        AbsolutePath target,
        ExistsPolicy policy = ExistsPolicy.Fail,
        Func<AbsolutePath, bool>? excludeDirectory = null,
        Func<AbsolutePath, bool>? excludeFile = null
    ) =>
        Transfer(
            source,
            target,
            policy,
            CopyFile,
            new(excludeDirectory ?? (_ => false), excludeFile ?? (_ => false))
        );

    /// <summary>Copies a file or a whole folder into a folder.</summary>
    /// <param name="source">What to copy.</param>
    /// <param name="directory">The folder to put it in; made when it is not there.</param>
    /// <param name="policy">What to do about what is there already. Default: fail.</param>
    /// <param name="excludeDirectory">True for folders to leave out. Null: none.</param>
    /// <param name="excludeFile">True for files to leave out. Null: none.</param>
    /// <returns>The copy; a file that stayed as it was: the source.</returns>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Failed"/>: no source, the target is there or lies in the source.
    /// </exception>
    public static AbsolutePath CopyToDirectory(
        this AbsolutePath source,
        AbsolutePath directory,
        ExistsPolicy policy = ExistsPolicy.Fail,
        Func<AbsolutePath, bool>? excludeDirectory = null,
        Func<AbsolutePath, bool>? excludeFile = null
    ) => source.Copy(directory / source.Name, policy, excludeDirectory, excludeFile);

    /// <summary>Moves a file or a whole folder. Of a folder, what a policy leaves behind stays.</summary>
    /// <param name="source">What to move.</param>
    /// <param name="target">What it is called there.</param>
    /// <param name="policy">What to do about what is there already. Default: fail.</param>
    /// <returns>The target; a file that stayed as it was: the source.</returns>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Failed"/>: no source, the target is there or lies in the source.
    /// </exception>
    public static AbsolutePath Move(
        this AbsolutePath source,
        AbsolutePath target,
        ExistsPolicy policy = ExistsPolicy.Fail
    )
    {
        var moved = Transfer(source, target, policy, MoveFile, new(_ => false, _ => false));
        DeleteEmptyDirectories(source);
        return moved;
    }

    /// <summary>Moves a file or a whole folder into a folder.</summary>
    /// <param name="source">What to move.</param>
    /// <param name="directory">The folder to put it in; made when it is not there.</param>
    /// <param name="policy">What to do about what is there already. Default: fail.</param>
    /// <returns>Where it is now; a file that stayed as it was: the source.</returns>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Failed"/>: no source, the target is there or lies in the source.
    /// </exception>
    public static AbsolutePath MoveToDirectory(
        this AbsolutePath source,
        AbsolutePath directory,
        ExistsPolicy policy = ExistsPolicy.Fail
    ) => source.Move(directory / source.Name, policy);

    /// <summary>Gives a file or folder another name in the same folder.</summary>
    /// <param name="source">What to rename.</param>
    /// <param name="newName">The new name.</param>
    /// <param name="policy">What to do about what is there already. Default: fail.</param>
    /// <returns>The renamed; a file that stayed as it was: the source.</returns>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: no source, or the target is there.</exception>
    public static AbsolutePath Rename(
        this AbsolutePath source,
        string newName,
        ExistsPolicy policy = ExistsPolicy.Fail
    ) => source.Move(source / ".." / newName, policy);

    private static AbsolutePath Transfer(
        AbsolutePath source,
        AbsolutePath target,
        ExistsPolicy policy,
        Action<AbsolutePath, AbsolutePath> file,
        Exclusions exclude
    )
    {
        if (source.FileExists() || IsLink(source))
        {
            return TransferFile(source, target, policy, file);
        }

        Assert.True(
            source.DirectoryExists(),
            $"There is no file or folder '{source}' to copy or move."
        );
        Assert.False(
            source.Contains(target),
            $"The folder '{source}' cannot be copied or moved into itself, to '{target}'."
        );
        Assert.True(
            !target.DirectoryExists() || policy.HasFlag(ExistsPolicy.DirectoryMerge),
            $"The folder '{target}' is there already: delete it, or pass ExistsPolicy.MergeAndOverwrite."
        );
        target.CreateDirectory();
        foreach (var entry in new DirectoryInfo(source.ToString()).GetFileSystemInfos())
        {
            var from = AbsolutePath.Create(entry.FullName);
            if (entry is DirectoryInfo ? !exclude.Directory(from) : !exclude.File(from))
            {
                Transfer(from, target / entry.Name, policy, file, exclude);
            }
        }

        return target;
    }

    private static AbsolutePath TransferFile(
        AbsolutePath source,
        AbsolutePath target,
        ExistsPolicy policy,
        Action<AbsolutePath, AbsolutePath> file
    )
    {
        if ((target.FileExists() || IsLink(target)) && !MayReplace(source, target, policy))
        {
            return source;
        }

        target.Parent?.CreateDirectory();
        file(source, target);
        return target;
    }

    private static void CopyFile(AbsolutePath from, AbsolutePath to)
    {
        if (IsLink(from))
        {
            Unlink(to);
            Directory.CreateSymbolicLink(to.ToString(), new FileInfo(from.ToString()).LinkTarget!);
        }
        else
        {
            File.Copy(from.ToString(), to.ToString(), overwrite: true);
        }
    }

    private static void MoveFile(AbsolutePath from, AbsolutePath to)
    {
        if (IsLink(from))
        {
            CopyFile(from, to);
            Unlink(from);
        }
        else
        {
            File.Move(from.ToString(), to.ToString(), overwrite: true);
        }
    }

    private static void Unlink(AbsolutePath path)
    {
        if (path.FileExists() || IsLink(path))
        {
            File.Delete(path.ToString());
        }
    }

    /// <summary>A link to a folder, or to nothing: it stays a link, and nothing behind it is touched.</summary>
    private static bool IsLink(AbsolutePath path) =>
        new FileInfo(path.ToString()).LinkTarget is { } target
        && !File.Exists(Path.Combine((path / "..").ToString(), target));

    private static bool MayReplace(AbsolutePath source, AbsolutePath target, ExistsPolicy policy) =>
        (policy & FilePolicies) switch
        {
            ExistsPolicy.FileSkip => false,
            ExistsPolicy.FileOverwrite => true,
            ExistsPolicy.FileOverwriteIfNewer => File.GetLastWriteTimeUtc(target.ToString())
                < File.GetLastWriteTimeUtc(source.ToString()),
            ExistsPolicy.FileFail => throw new OutcomeException(
                Outcome.Failed,
                $"The file '{target}' is there already: delete it, or pass ExistsPolicy.FileOverwrite."
            ),
            _ => throw new OutcomeException(
                Outcome.Wrong,
                $"ExistsPolicy '{policy}' does not say what to do about files: name one choice for them."
            ),
        };

    private static void DeleteEmptyDirectories(AbsolutePath path)
    {
        if (!path.DirectoryExists() || IsLink(path))
        {
            return;
        }

        foreach (var below in Directory.GetDirectories(path.ToString()))
        {
            DeleteEmptyDirectories(AbsolutePath.Create(below));
        }

        if (!Directory.EnumerateFileSystemEntries(path.ToString()).Any())
        {
            Directory.Delete(path.ToString());
        }
    }

    private sealed record Exclusions(
        Func<AbsolutePath, bool> Directory,
        Func<AbsolutePath, bool> File
    );
}
