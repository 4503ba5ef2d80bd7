namespace TheaIA.Components;

/// <summary>Looks for secrets and for known vulnerabilities (mission rows M12, M18).</summary>
public interface IScan : IDockerBuild
{
    /// <summary>Secrets in the commits and in the image's own layers; known vulnerabilities of what is in the image.</summary>
    Target Scan =>
        _ =>
            _.Description(
                    "secrets in commits and the image's layers; known vulnerabilities of its packages"
                )
                .DependsOn<IRestore>(x => x.Restore)
                .TryAfter<IDockerBuild>(x => x.DockerBuild)
                .OnlyWhenStatic(() => ScanWork.IsOnTheWay(this), "this run makes a release")
                .Preflight(_ => ScanWork.RefuseEarlyAsync())
                .Executes(cancel => ScanWork.ScanAsync(this, cancel));
}
