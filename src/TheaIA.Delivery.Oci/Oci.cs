using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Images;
using TheaIA.Delivery.Oci.Store;

namespace TheaIA.Delivery.Oci;

/// <summary>Images without Docker, and this machine's store of them.</summary>
public static class Oci
{
    /// <summary>Makes deterministic images of portable publishes, without a base.</summary>
    public static IImageBuilder Builder { get; } = new OciImageBuilder(TimeProvider.System);

    /// <summary>This user's store on this machine; safe with several processes at once.</summary>
    /// <param name="stateRoot">$THEAIA_STATE; the store is its folder <c>store</c>, made when needed.</param>
    public static IRegistry Store(string stateRoot) =>
        new OciLayoutStore(Path.Combine(stateRoot, "store"), TimeProvider.System);

    /// <summary>The digest that <see cref="Builder"/> would give. Reads the files once, writes nothing.</summary>
    /// <param name="request">What would go in.</param>
    /// <param name="cancel">Ends the read.</param>
    /// <returns>The manifest's digest.</returns>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: there is no such application.</exception>
    public static Task<string> DigestAsync(ImageRequest request, CancellationToken cancel) =>
        OciImageBuilder.DigestAsync(request, cancel);
}
