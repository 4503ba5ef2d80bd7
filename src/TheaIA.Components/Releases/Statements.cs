using TheaIA.Delivery;
using TheaIA.Toolchains;

namespace TheaIA.Components;

/// <summary>
/// What this run can say about its release: what was measured and what was left out. A target that was
/// skipped or narrowed says nothing, so that its gate is unknown where the release is admitted.
/// </summary>
internal static class Statements
{
    /// <summary>A waiver of a gate is made for one release, and lasts no longer than it is likely to be deployed.</summary>
    private const int WaiverDays = 30;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static async Task<IReadOnlyList<Attestation>> OfAsync(
        IRelease build,
        Release release,
        CancellationToken cancel
    )
    {
        List<Attestation> said = [];
        if (Succeeded(build, nameof(ITest.Test)) && build.Filter is null)
        {
            said.Add(Tests(build, release));
        }
        if (Succeeded(build, nameof(ICoverage.Coverage)))
        {
            said.Add(await MeasuredAsync(release, SourceWork.CoverageGate(build), cancel));
        }
        if (Succeeded(build, nameof(ILint.Lint)))
        {
            said.Add(
                Predicates.Measured(
                    "lint",
                    release,
                    new(Verdict.Pass, "0 findings", "0 findings", "formatter and analyzers"),
                    Now
                )
            );
        }
        if (ScanWork.Of(build) is { } scanned)
        {
            var findings = await FindingsAsync(build, release, cancel);
            said.Add(Waivable("scan", release, scanned.Secrets, scanned.SecretsUntil));
            said.Add(
                Waivable(
                    "vulnerabilities",
                    release,
                    ScanWork.Judge(scanned, findings),
                    ScanWork.AcceptedUntil(scanned, findings)
                )
            );
        }
        said.Add(await SbomAsync(build, release, cancel));
        said.Add(Predicates.Provenance(await Provenance.FactsAsync(build, release, cancel)));
        return said;
    }

    private static bool Succeeded(IRelease build, string target) =>
        build.SucceededTargets.Any(t => t.Name == target);

    private static Attestation Tests(IRelease build, Release release)
    {
        var results = build.ArtifactsDirectory / "tests";
        var files = results.GlobFiles("*/*.trx").Select(f => (string)f).ToList();
        var tests = Trx.Read(files);
        return Predicates.Tests(
            release,
            new(tests.Passed, [.. tests.Failed.Select(f => f.Name)], tests.Skipped, Now)
            {
                PassedNames = [.. files.Select(f => Path.GetFileNameWithoutExtension(f))],
            }
        );
    }

    private static async Task<Attestation> MeasuredAsync(
        Release release,
        IGate gate,
        CancellationToken cancel
    ) => Waivable(gate.Name, release, await gate.MeasureAsync(cancel), until: null);

    // what a person passed over in this run is attested as that, with his reason
    private static Attestation Waivable(
        string gate,
        Release release,
        Measurement measured,
        DateOnly? until
    )
    {
        if (
            measured.Verdict is Verdict.Fail or Verdict.Unknown
            && TargetContext.Waived(gate) is { } waiver
        )
        {
            measured = measured with
            {
                Verdict = Verdict.Waived,
                Details = [$"waived: {waiver}", .. measured.Details],
            };
            until = DateOnly.FromDateTime(Now.UtcDateTime).AddDays(WaiverDays);
        }
        return Predicates.Measured(
            gate,
            release,
            measured,
            Now,
            measured.Verdict == Verdict.Waived ? until : null
        );
    }

    private static async Task<Attestation> SbomAsync(
        IRelease build,
        Release release,
        CancellationToken cancel
    )
    {
        var session = DeliverySession.Of(build);
        var files = await ImageFiles.UnpackAsync(
            build.ImageDirectory,
            NukeBuild.TemporaryDirectory / "sbom",
            cancel
        );
        TargetContext.Progress.Doing("the bill of materials");
        var bill = await Sbom.MakeAsync(
            TargetContext.Runner,
            new(
                NukeBuild.RootDirectory,
                session.Service.Project,
                files.Folder / "app",
                ImageWork.PublishArtifacts,
                NukeBuild.TemporaryDirectory / "sbom"
            )
            {
                Name = session.Service.Name,
                Version = release.Version,
                Digest = release.What.Digest,
                Created = (await session.GitAsync()).Time,
                BaseImage = build.BaseImage,
            },
            cancel
        );
        return Predicates.Sbom(release, bill.Json);
    }

    // the registry's own scan, where it has one
    private static async Task<IReadOnlyList<FindingsReport>> FindingsAsync(
        IRelease build,
        Release release,
        CancellationToken cancel
    )
    {
        var host = release.What.Repository.Split('/')[0];
        List<FindingsReport> found = [];
        foreach (var registry in build.RegistryHosts.Where(h => h.Serves(host)))
        {
            TargetContext.Progress.Doing("waiting for the registry's scan");
            found.Add(await registry.FindingsAsync(release.What, cancel));
        }
        return found;
    }
}
