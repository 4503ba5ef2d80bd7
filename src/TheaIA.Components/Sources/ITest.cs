namespace TheaIA.Components;

/// <summary>Runs the tests, and writes TRX and Cobertura under artifacts/tests (mission row M3).</summary>
public interface ITest : ICompile
{
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
                .Outputs($"artifacts/{SourceWork.ResultsFolder(this, "tests")}/**")
                .Executes(cancel => SourceWork.TestAsync(this, TestProjects, "tests", cancel));
}
