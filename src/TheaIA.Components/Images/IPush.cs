namespace TheaIA.Components;

/// <summary>Puts the image where releases are taken from (mission row M6).</summary>
public interface IPush : IDockerBuild
{
    /// <summary>Copies what is not there yet; this machine's store when no registry is named.</summary>
    Target Push =>
        _ =>
            _.Description(
                    "the image into --registry HOST/REPOSITORY; this machine's store when none is named"
                )
                .DependsOn<IDockerBuild>(x => x.DockerBuild)
                // a secret in a commit must not leave the machine
                .TryAfter<IScan>(x => x.Scan)
                .Effect()
                .Executes(cancel => ImageWork.PushAsync(this, cancel));
}
