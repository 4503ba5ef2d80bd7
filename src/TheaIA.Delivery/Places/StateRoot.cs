using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>Where this user's state on this machine lies.</summary>
public static class StateRoot
{
    /// <summary>
    /// $THEAIA_STATE, else $XDG_STATE_HOME/theaia, else ~/.local/state/theaia. An empty value counts as
    /// not set; a relative XDG_STATE_HOME too (XDG base directory specification).
    /// </summary>
    /// <param name="environment">Reads a variable; null: not set.</param>
    /// <returns>A full path; the folder need not be there yet.</returns>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: no variable says where.</exception>
    public static string Find(Func<string, string?> environment)
    {
        if (environment("THEAIA_STATE") is { Length: > 0 } state)
        {
            return Usable(state);
        }
        if (environment("XDG_STATE_HOME") is { } xdg && Path.IsPathRooted(xdg))
        {
            return Path.Combine(xdg, "theaia");
        }
        if ((environment("HOME") ?? environment("USERPROFILE")) is { Length: > 0 } home)
        {
            return Path.Combine(home, ".local", "state", "theaia");
        }
        throw new OutcomeException(
            Outcome.Wrong,
            "Neither THEAIA_STATE nor HOME is set, so there is no place for the ledger: set THEAIA_STATE to a folder."
        );
    }

    /// <summary>As <see cref="Find"/>, and makes the folder: where it cannot be, nothing could be remembered.</summary>
    /// <param name="environment">Reads a variable; null: not set.</param>
    /// <returns>A full path of a folder that can be written.</returns>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: no variable says where, or it cannot be there.</exception>
    public static string Open(Func<string, string?> environment)
    {
        var root = Find(environment);
        try
        {
            if (!Directory.Exists(root))
            {
                Make(root);
            }
            using var tried = new FileStream(
                Path.Combine(root, $".tried.{Environment.ProcessId}"),
                FileMode.Create,
                FileAccess.Write,
                FileShare.ReadWrite | FileShare.Delete,
                1,
                FileOptions.DeleteOnClose
            );
            return root;
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"There is no place for the ledger in {root} ({denied.Message.TrimEnd('.')}): "
                    + "set THEAIA_STATE to a folder that can be written.",
                denied
            );
        }
    }

    private static void Make(string root)
    {
        const UnixFileMode OwnerOnly =
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        _ = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(root)
            : Directory.CreateDirectory(root, OwnerOnly);
    }

    // another folder would be another state, and a file none at all: both would look like an empty ledger
    private static string Usable(string state)
    {
        if (!Path.IsPathRooted(state))
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"THEAIA_STATE={state} is not a full path: each folder would have a state of its own."
            );
        }
        var full = Path.GetFullPath(state);
        for (var part = full; part is not null; part = Path.GetDirectoryName(part))
        {
            if (File.Exists(part))
            {
                throw new OutcomeException(
                    Outcome.Wrong,
                    $"THEAIA_STATE={state} is no folder: {part} is a file."
                );
            }
        }
        return full;
    }
}
