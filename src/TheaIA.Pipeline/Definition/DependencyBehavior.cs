namespace TheaIA.Pipeline;

/// <summary>What becomes of the targets that only a skipped target needs.</summary>
public enum DependencyBehavior
{
    /// <summary>They are skipped too. The default.</summary>
    Skip = 0,

    /// <summary>They run.</summary>
    Execute = 1,
}
