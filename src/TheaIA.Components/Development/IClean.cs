namespace TheaIA.Components;

/// <summary>Removes what the targets made in this checkout.</summary>
public interface IClean : IHaveSources
{
    /// <summary>Removes artifacts/ and what the engine remembers; nothing that runs or was released.</summary>
    Target Clean =>
        _ =>
            _.Description(
                    "removes artifacts/ and what the engine remembers of it; nothing that runs or was released"
                )
                .TryBefore<IRestore>(x => x.Restore)
                .Executes(() =>
                {
                    ArtifactsDirectory.DeleteDirectory();
                    (NukeBuild.TemporaryDirectory / "fingerprints").DeleteDirectory();
                    (NukeBuild.TemporaryDirectory / "publish").DeleteDirectory();
                    (NukeBuild.TemporaryDirectory / "serve").DeleteDirectory();
                });
}
