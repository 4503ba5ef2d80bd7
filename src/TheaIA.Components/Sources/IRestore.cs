namespace TheaIA.Components;

/// <summary>Restores packages and tools, exactly those of the lock files (mission row M2).</summary>
public interface IRestore : IHaveSources
{
    /// <summary>Restores packages and tools.</summary>
    Target Restore =>
        _ =>
            _.Description("packages and tools, exactly those of the lock files")
                .Inputs(SourceGlobs.Packages)
                // what is restored and compiled names the checkout's folder: moved, it is made again
                .InputKey("the checkout's folder", () => NukeBuild.RootDirectory)
                .InputKey("the installed SDKs", SourceWork.InstalledSdks)
                .Outputs("artifacts/obj/*/project.assets.json")
                // the packages themselves lie in the user's folder
                .Uncached()
                .Executes(cancel => SourceWork.RestoreAsync(this, cancel));
}
