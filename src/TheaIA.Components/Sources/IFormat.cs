namespace TheaIA.Components;

/// <summary>Mends what Lint would complain about.</summary>
public interface IFormat : IRestore
{
    /// <summary>Lint mends what it can before it looks. Default: false.</summary>
    [Parameter("Lint mends what it can, then looks: --fix")]
    bool Fix => TryGetValue<bool?>(() => Fix) ?? false;

    /// <summary>Formats the sources; only with <c>--fix</c>.</summary>
    Target Format =>
        _ =>
            _.Description("mends formatting and what the analyzers can mend (Lint --fix)")
                .Unlisted()
                .DependsOn<IRestore>(x => x.Restore)
                .OnlyWhenStatic(() => Fix)
                .WhenSkipped(DependencyBehavior.Execute)
                .Executes(cancel => SourceWork.FormatAsync(this, cancel));
}
