using System.Diagnostics.CodeAnalysis;
using TheaIA.Delivery;

namespace TheaIA.Components;

/// <summary>What Evidence does: one release, one folder.</summary>
[ExcludeFromCodeCoverage(
    Justification = "Driven by tests with a real registry and cosign; where it is missing nobody runs this."
)]
internal static class EvidenceWork
{
    public static async Task CollectAsync(IEvidence build, CancellationToken cancel)
    {
        var session = DeliverySession.Of(build);
        if (!session.IsRemote)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                "Evidence is of a release in a registry, since this machine's store takes no signatures: "
                    + "--registry HOST/REPOSITORY."
            );
        }
        var policy = session.Environment().Policy;
        var release = await DeliveryWork.ReleaseAsync(build, cancel);
        var folder = build.ArtifactsDirectory / "evidence" / release.What.Digest[7..19];
        TargetContext.Progress.Doing("reading every layer again");
        var collected = await new EvidenceFolder(
            new(
                session.Registry,
                build.Signing.StatementsBy(policy.TrustedKeys, session.SigningTools),
                policy.TrustedKeys,
                policy
            ),
            Predicates.Read,
            TimeProvider.System
        ).CollectAsync(release, folder, cancel);
        foreach (var note in collected.Notes)
        {
            TargetContext.Progress.Say(note);
        }
        collected.OrThrow();
        TargetContext.Progress.Figure(collected.Figure);
        var shown = Path.GetRelativePath(NukeBuild.RootDirectory, folder).Replace('\\', '/');
        TargetContext.Progress.Closing(
            $"{shown}/README.md tells what it proves; {shown}/verify.sh checks it offline."
        );
    }
}
