namespace TheaIA.Components;

/// <summary>Signs the digest (mission row M25). The signing itself comes with the supply chain.</summary>
public interface ISign : IPush
{
    /// <summary>The key that signs: a file or a KMS URI. Never a deployer's.</summary>
    [Parameter("signs: a cosign key file or a KMS URI")]
    string? CosignKey => TryGetValue(() => CosignKey);

    /// <summary>A note on the way to development; asked for, or on a server, a key is needed.</summary>
    Target Sign =>
        _ =>
            _.Description(
                    "signs the digest with --cosign-key; development goes without, and says so"
                )
                .DependsOn<IPush>(x => x.Push)
                .Effect()
                .Preflight(_ => ImageWork.RefuseUnsignableAsync(this))
                .Executes(() => ImageWork.SayUnsigned());
}
