using TheaIA.Delivery.Local.Images;
using TheaIA.Delivery.Local.Places;
using TheaIA.Front;

namespace TheaIA.Delivery.Local.Platform;

/// <summary>Ends what is left beside the one that serves, whatever state a kill -9 left it in.</summary>
internal sealed class Reaping(PlaceFolder folder, ImageRoots roots, Surroundings around)
{
    /// <summary>Ends every start but this one.</summary>
    /// <param name="keep">What serves; null: nothing does.</param>
    /// <returns>What was found, a sentence each.</returns>
    public async Task<IReadOnlyList<string>> AllButAsync(Current? keep)
    {
        var found = new List<string>();
        var open = folder.Open().Where(g => g.Number != keep?.Generation).ToArray();
        // records first: a process that is only just being started looks for its own, and ends
        foreach (var generation in open)
        {
            folder.Forget(generation.Number);
        }
        var left = folder.Processes().Where(p => p.Port != keep?.Port).ToArray();
        foreach (var process in left)
        {
            await around.EndAsync(process.Info.Key);
            found.Add(
                $"Ended {Short(process.Digest)}, process {process.Info.Key.Id}, which did not serve."
            );
        }
        found.AddRange(
            open.Where(g => left.All(p => p.Port != g.Port))
                .Select(g => $"Removed a start of {Short(g.Digest)} that had no process.")
        );
        found.AddRange(roots.RemoveHalves());
        return found;
    }

    private static string Short(string digest) => new Claim("", digest).Short;
}
