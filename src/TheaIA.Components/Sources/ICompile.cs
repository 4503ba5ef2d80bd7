namespace TheaIA.Components;

/// <summary>Compiles the solution once, for Lint, Test and Acceptance.</summary>
public interface ICompile : IRestore
{
    /// <summary>Compiles with every analyzer as an error.</summary>
    Target Compile =>
        _ =>
            _.Description("the whole solution, with every analyzer's finding as an error")
                .DependsOn<IRestore>(x => x.Restore)
                .TryAfter<IFormat>(x => x.Format)
                .Preflight(_ => SourceWork.RefuseUnknownConfigurationAsync(this))
                .Exclusive("msbuild")
                .Inputs(SourceGlobs.Sources)
                .InputKey("the checkout's folder", () => NukeBuild.RootDirectory)
                .InputKey("the installed SDKs", SourceWork.InstalledSdks)
                .InputKey("the configuration", () => Configuration)
                .Outputs("artifacts/bin/**/*.dll")
                // the compiler's notes in artifacts/obj must be those of the same compile
                .Uncached()
                .Executes(cancel => SourceWork.CompileAsync(this, cancel));
}
