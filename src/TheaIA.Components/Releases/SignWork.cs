using TheaIA.Delivery;

namespace TheaIA.Components;

/// <summary>What Sign does: a key or the CI's identity, a registry, and the digest that Push put there.</summary>
internal static class SignWork
{
    private static IProgressReport Progress => TargetContext.Progress;

    /// <summary>
    /// What cannot be signed is refused before anything is built. Sign, named on the command line or on a
    /// server, without a key or a registry: exit 2, never a green skip.
    /// </summary>
    public static async Task RefuseUnsignableAsync(ISign build, CancellationToken cancel)
    {
        var session = DeliverySession.Of(build);
        if (Signer(build) is { } signer)
        {
            await RefuseChangesAsync(build, session);
            await signer.CheckAsync(cancel);
            return;
        }
        if (build.CosignKey is not null)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                "Signing needs a registry, and only this machine's store is here: --registry HOST/REPOSITORY, "
                    + $"or run without --cosign-key. From {TargetContext.SourceOf(nameof(ISign.CosignKey))}."
            );
        }
        var named = build.InvokedTargets.Any(t =>
            t.Name == nameof(ISign.Sign) || t.Name == nameof(IRelease.Release) && session.IsRemote
        );
        if (named || NukeBuild.IsServerBuild)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"{(session.IsRemote ? "A release in a registry" : "Sign")} needs a key: "
                    + "--cosign-key FILE or KMS URI (environment variable COSIGN_KEY)."
            );
        }
    }

    public static async Task SignAsync(ISign build, CancellationToken cancel)
    {
        if (Signer(build) is not { } signer)
        {
            Progress.Note("not signed: development accepts that, the ledger says so");
            return;
        }
        var session = DeliverySession.Of(build);
        var release = session.Made(build.ImageDirectory);
        if (release.Dirty)
        {
            Progress.Note("not signed: changes that are in no commit");
            return;
        }
        Progress.Doing("signing");
        var fresh = await signer.SignAsync(release.What, cancel);
        var by = build.CosignKey is { } key ? Path.GetFileName(key) : "the CI's identity";
        Progress.Figure(
            fresh ? $"signed by {by} and verified" : $"signed by {by} already, verified again"
        );
        Progress.Closing($"Signed {ImageWork.Reference(release)}");
    }

    // a key vouches for what a commit has, and for nothing else
    private static async Task RefuseChangesAsync(ISign build, DeliverySession session)
    {
        var git = await session.GitAsync();
        var asked = build.InvokedTargets.Any(t =>
            t.Name is nameof(ISign.Sign) or nameof(IRelease.Release)
        );
        if (git.Dirty && asked)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                "Only committed sources are signed, and this tree has changes: commit or stash them."
            )
            {
                Details = [.. git.DirtyFiles.Take(10)],
            };
        }
    }

    /// <summary>The signer of this run; null: it signs nothing.</summary>
    public static ISigner? Signer(ISign build)
    {
        var session = DeliverySession.Of(build);
        // keyless: the server's identity signs, where it has one to show
        var identity =
            System.Environment.GetEnvironmentVariable("ACTIONS_ID_TOKEN_REQUEST_URL") is
            { Length: > 0 };
        return session.IsRemote && (build.CosignKey is not null || identity)
            ? build.Signing.SignerWith(
                new SigningKey(
                    build.CosignKey is { } key ? KeyPath(key) : null,
                    build.CosignPassword is { } password ? new Secret(password) : null
                ),
                session.SigningTools
            )
            : null;
    }

    private static string KeyPath(string key) =>
        key.Contains("://", StringComparison.Ordinal)
            ? key
            : TrustedKeys.Of(key, NukeBuild.RootDirectory).Key!;
}
