namespace TheaIA.Components;

/// <summary>Makes the service's image, the same digest from any folder at any time (mission row M2).</summary>
public interface IDockerBuild : IHaveImages, ICompile
{
    /// <summary>Publishes the service and makes its image, without a Docker engine.</summary>
    Target DockerBuild =>
        _ =>
            _.Description("the service's image, reproducible, without a Docker engine")
                .DependsOn<ICompile>(x => x.Compile)
                .TryAfter<ILint>(x => x.Lint)
                .TryAfter<ITest>(x => x.Test)
                .TryAfter<ICoverage>(x => x.Coverage)
                .Inputs(SourceGlobs.Sources)
                .InputKey("the commit", () => ImageWork.Key(this))
                .InputKey("the installed SDKs", SourceWork.InstalledSdks)
                .Outputs("artifacts/image/**")
                .Executes(cancel => ImageWork.BuildAsync(this, cancel));
}
