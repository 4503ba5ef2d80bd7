namespace TheaIA.Components;

/// <summary>Makes the service's image, the same digest from any folder at any time (mission row M2).</summary>
public interface IDockerBuild : IHaveImages, ICompile
{
    /// <summary>What the application stands on: REF@DIGEST of a registry, or FOLDER@DIGEST in OCI layout. Default: nothing.</summary>
    [Parameter(
        "what the image stands on: REF@DIGEST. Default: nothing, so it runs on this machine only"
    )]
    string? BaseImage => TryGetValue(() => BaseImage);

    /// <summary>The Docker engine makes the image, by the service's Dockerfile. Default: false, our own builder does.</summary>
    [Parameter("the Docker engine makes the image, by the service's Dockerfile")]
    bool Docker => TryGetValue<bool?>(() => Docker) ?? false;

    /// <summary>Publishes the service and makes its image, without a Docker engine unless <c>--docker</c> asks for it.</summary>
    Target DockerBuild =>
        _ =>
            _.Description(
                    "the service's image, reproducible, without a Docker engine; --docker uses one"
                )
                .DependsOn<ICompile>(x => x.Compile)
                .TryAfter<ILint>(x => x.Lint)
                .TryAfter<ITest>(x => x.Test)
                .TryAfter<ICoverage>(x => x.Coverage)
                .Inputs(SourceGlobs.Sources)
                .InputKey("the commit", () => ImageWork.Key(this))
                .InputKey("the installed SDKs", SourceWork.InstalledSdks)
                .InputKey("--base-image", () => BaseImage)
                .InputKey("--docker", () => Docker.ToString())
                .Outputs("artifacts/image/**")
                .Preflight(_ => ImageWork.RefuseEarlyAsync(this))
                .Executes(cancel => ImageWork.BuildAsync(this, cancel));
}
