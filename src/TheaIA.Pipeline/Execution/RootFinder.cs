using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>Finds the checkout's root: the folder that has <c>.nuke</c>.</summary>
internal static class RootFinder
{
    /// <exception cref="OutcomeException">Wrong: there is none.</exception>
    public static string Find(string? typed, string currentDirectory)
    {
        if (typed is not null)
        {
            var named = Path.GetFullPath(typed, currentDirectory);
            return IsCheckout(named)
                ? named
                : throw Wrong.CommandLine(
                    Directory.Exists(named)
                        ? $"--root '{typed}' is not a checkout: there is no .nuke folder in it. From the command line."
                        : $"--root '{typed}' is not a folder. From the command line."
                );
        }

        for (
            var folder = currentDirectory;
            folder is not null;
            folder = Path.GetDirectoryName(folder)
        )
        {
            if (IsCheckout(folder))
            {
                return folder;
            }
        }

        throw Wrong.CommandLine(
            "There is no .nuke folder here or above: run this in a checkout, or name it with --root."
        );
    }

    private static bool IsCheckout(string folder) =>
        Directory.Exists(Path.Combine(folder, ".nuke"));
}
