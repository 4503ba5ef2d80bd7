namespace TheaIA.Components;

/// <summary>Signs the digest (mission row M25).</summary>
public interface ISign : IPush
{
    /// <summary>The key that signs: a file or a KMS URI. Never a deployer's.</summary>
    [Parameter("signs: a cosign key file or a KMS URI")]
    string? CosignKey => TryGetValue(() => CosignKey);

    /// <summary>Opens the key file. Default: it has no password.</summary>
    [Parameter("opens the key file")]
    [Secret]
    string? CosignPassword => TryGetValue(() => CosignPassword);

    /// <summary>A note on the way to development; asked for, or on a server, a key or identity is needed.</summary>
    Target Sign =>
        _ =>
            _.Description(
                    "signs the digest with --cosign-key; development goes without, and says so"
                )
                .DependsOn<IPush>(x => x.Push)
                .Effect()
                .Preflight(cancel => SignWork.RefuseUnsignableAsync(this, cancel))
                .Executes(cancel => SignWork.SignAsync(this, cancel));
}
