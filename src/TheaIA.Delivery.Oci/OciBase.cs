using System.Security.Cryptography;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Format;
using TheaIA.Delivery.Oci.Images.Bases;
using TheaIA.Delivery.Oci.Layout;
using TheaIA.Delivery.Oci.Store;

namespace TheaIA.Delivery.Oci;

/// <summary>Base images by what a person types after <c>--base-image</c>.</summary>
public static class OciBase
{
    private const string Mark = "oci-layout";

    /// <summary>
    /// Reads <c>HOST/REPOSITORY@sha256:...</c>, or <c>FOLDER@sha256:...</c> of a folder in OCI image
    /// layout that starts with <c>/</c>, <c>./</c> or <c>../</c>. Nothing is fetched yet.
    /// </summary>
    /// <param name="reference">What was typed. A tag before the digest is told on, and counts for nothing.</param>
    /// <param name="registryAt">Gives the registry of <c>HOST/REPOSITORY</c>.</param>
    /// <returns>The base image.</returns>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: it has no digest, or there is no such folder.
    /// </exception>
    public static BaseImage Parse(string reference, Func<string, IRegistry> registryAt)
    {
        var at = reference.LastIndexOf('@');
        if (at < 1 || !Digest.IsWhole(reference[(at + 1)..]))
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"--base-image needs a digest, since a tag may move: {Name(reference, at)}@sha256:... and not '{reference}'."
            );
        }
        var digest = reference[(at + 1)..];
        if (!IsFolder(reference))
        {
            var repository = WithoutTag(NameIn(reference));
            return new BaseImage(reference, new Claim(repository, digest), registryAt(repository));
        }
        var folder = Path.GetFullPath(reference[..at]);
        if (!File.Exists(Path.Combine(folder, Mark)))
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"There is no image layout in {folder} (no file {Mark}): --base-image names a folder in OCI image layout, or HOST/REPOSITORY@sha256:..."
            );
        }
        var layout = new ImageLayout(folder, TimeProvider.System)
        {
            Name = folder,
            Mend = "fetch the base image again",
        };
        return new BaseImage(reference, new Claim(folder, digest), new OciLayoutStore(layout));
    }

    /// <summary>The reference is of a folder on this machine, not of a registry.</summary>
    /// <param name="reference">As it was typed.</param>
    public static bool IsFolder(string reference) =>
        reference.StartsWith("./", StringComparison.Ordinal)
        || reference.StartsWith("../", StringComparison.Ordinal)
        || Path.IsPathRooted(reference);

    /// <summary>The id that a Docker engine gives a base image: the digest of its configuration.</summary>
    /// <param name="given">The base image.</param>
    /// <param name="cancel">Ends the read.</param>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: it is not there, or no image; <see cref="Outcome.Failed"/>: it is damaged.
    /// </exception>
    public static async Task<string> ImageIdAsync(BaseImage given, CancellationToken cancel) =>
        Digest.Of(SHA256.HashData((await BaseReader.ReadAsync(given, cancel)).ConfigBytes));

    /// <summary>
    /// Writes a base image as the archive that a Docker engine loads, for one that cannot read where it
    /// lies. Memory does not grow with its size.
    /// </summary>
    /// <param name="given">The base image.</param>
    /// <param name="output">Where the archive goes.</param>
    /// <param name="cancel">Ends the write.</param>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: it is not there, or no image; <see cref="Outcome.Failed"/>: it is damaged.
    /// </exception>
    public static async Task SaveAsync(BaseImage given, Stream output, CancellationToken cancel) =>
        await BaseArchive.WriteAsync(await BaseReader.ReadAsync(given, cancel), output, cancel);

    /// <summary>The reference without its digest.</summary>
    internal static string NameIn(string reference) => Name(reference, reference.LastIndexOf('@'));

    private static string Name(string reference, int at) =>
        at > 0 ? reference[..at]
        : reference.Length > 0 ? reference
        : "REF";

    /// <summary>A colon before the last slash is a port's, and not a tag's.</summary>
    private static string WithoutTag(string name)
    {
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? name[..colon] : name;
    }
}
