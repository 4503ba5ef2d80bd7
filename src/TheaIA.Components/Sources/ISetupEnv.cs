namespace TheaIA.Components;

/// <summary>Makes a fresh clone ready to work in (mission row M14).</summary>
public interface ISetupEnv : IRestore
{
    /// <summary>Restores, and says what is here.</summary>
    Target SetupEnv =>
        _ =>
            _.Description("makes a fresh clone ready: packages, tools, and what is missing")
                .DependsOn<IRestore>(x => x.Restore)
                .Executes(cancel => SourceWork.SetupEnvAsync(cancel));
}
