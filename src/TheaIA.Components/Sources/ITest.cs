namespace TheaIA.Components;

/// <summary>Runs the tests, and writes TRX and Cobertura under artifacts/tests (mission row M3).</summary>
public interface ITest : ICompile
{
    /// <summary>
    /// Tests that need a real component fail where it is missing, in place of being skipped with a reason.
    /// Default: false.
    /// </summary>
    [Parameter("Test fails where a real component is missing, in place of skipping its tests")]
    bool Real => TryGetValue<bool?>(() => Real) ?? false;

    /// <summary>Programs that tests drive where they are there; a new one makes the tests run again. Default: none.</summary>
    IReadOnlyList<string> RealComponents => [];

    /// <summary>All tests must pass.</summary>
    Target Test =>
        _ =>
            _.Description("unit and FSM tests, all of which must pass; --filter narrows")
                .DependsOn<ICompile>(x => x.Compile)
                .Inputs([.. SourceGlobs.Sources, ".nuke/**/*.json", "docs/**", "README.md"])
                .InputKey("the checkout's folder", () => NukeBuild.RootDirectory)
                .InputKey("the installed SDKs", SourceWork.InstalledSdks)
                .InputKey("the configuration", () => Configuration)
                .InputKey("--filter", () => Filter)
                .InputKey("--real", () => Real.ToString())
                .InputKey("the components that are here", () => SourceWork.Present(RealComponents))
                .Outputs($"artifacts/{SourceWork.ResultsFolder(this, "tests")}/**")
                .Executes(cancel =>
                    SourceWork.TestAsync(this, TestProjects, "tests", Real, cancel)
                );
}
