namespace TheaIA.Components;

/// <summary>Runs ./build.sh in throw-away clones, as a person would. Not on the way to Deploy.</summary>
public interface IAcceptance : ICompile
{
    /// <summary>The slow tests, from outside.</summary>
    Target Acceptance =>
        _ =>
            _.Description(
                    "./build.sh itself, in throw-away clones; takes minutes; --filter narrows"
                )
                .DependsOn<ICompile>(x => x.Compile)
                .TryAfter<ITest>(x => x.Test)
                .Executes(cancel =>
                    SourceWork.TestAsync(
                        this,
                        AcceptanceProjects,
                        "acceptance",
                        real: false,
                        cancel
                    )
                );
}
