using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Images;
using TheaIA.Delivery.Oci.Registry;
using TheaIA.Delivery.Oci.Store;

namespace TheaIA.Delivery.Oci;

/// <summary>Images without Docker, this machine's store of them, and registries.</summary>
public static class Oci
{
    /// <summary>Makes deterministic images of portable publishes, without a base.</summary>
    public static IImageBuilder Builder { get; } = new OciImageBuilder(TimeProvider.System);

    /// <summary>This user's store on this machine; safe with several processes at once.</summary>
    /// <param name="stateRoot">$THEAIA_STATE; the store is its folder <c>store</c>, made when needed.</param>
    public static IRegistry Store(string stateRoot) =>
        new OciLayoutStore(Path.Combine(stateRoot, "store"), TimeProvider.System);

    /// <summary>
    /// A repository of an OCI registry (distribution spec 1.1), with Docker's logins: plain http on this
    /// machine's loopback, https else. What is read from it to its end stays in this machine's store too.
    /// </summary>
    /// <param name="repository">
    /// HOST[:PORT]/REPOSITORY without tag and digest. Releases of it name this repository in
    /// <see cref="Claim.Repository"/>; a claim without a host means it too.
    /// </param>
    /// <param name="stateRoot">$THEAIA_STATE; the store is its folder <c>store</c>, made when needed.</param>
    /// <param name="access">Providers' logins, credential helpers.</param>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: it is no such name.</exception>
    public static IRegistry RegistryAt(
        string repository,
        string stateRoot,
        RegistryAccess access
    ) => new OciRegistry(RepositoryAddress.Parse(repository), stateRoot, access);

    /// <summary>As the other one, without credential helpers.</summary>
    /// <param name="repository">HOST[:PORT]/REPOSITORY.</param>
    /// <param name="stateRoot">$THEAIA_STATE.</param>
    /// <param name="hosts">Providers with a login of their own.</param>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: it is no such name.</exception>
    public static IRegistry RegistryAt(
        string repository,
        string stateRoot,
        params IReadOnlyList<IRegistryHost> hosts
    ) => RegistryAt(repository, stateRoot, new RegistryAccess { Hosts = hosts });

    /// <summary>The digest that <see cref="Builder"/> would give. Reads the files once, writes nothing.</summary>
    /// <param name="request">What would go in.</param>
    /// <param name="cancel">Ends the read.</param>
    /// <returns>The manifest's digest.</returns>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: there is no such application.</exception>
    public static Task<string> DigestAsync(ImageRequest request, CancellationToken cancel) =>
        OciImageBuilder.DigestAsync(request, cancel);
}
