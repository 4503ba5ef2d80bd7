namespace TheaIA.Components;

/// <summary>Does nothing, for measuring the start.</summary>
public interface INoop : INukeBuild
{
    /// <summary>Does nothing.</summary>
    Target Noop => _ => _.Description("does nothing").Unlisted().Concurrent().Executes(() => { });
}
