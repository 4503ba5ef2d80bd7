namespace TheaIA.Pipeline.Tests.Nuke;

/// <summary>A build class that leaves behind how its targets ended.</summary>
public abstract class RowBuild : TestBuild
{
    protected internal override void OnBuildFinished() =>
        Set(
            "otherwise",
            string.Join(
                ", ",
                FinishedTargets
                    .Where(t => t.Status != ExecutionStatus.Succeeded)
                    .OrderBy(t => t.Name, StringComparer.Ordinal)
                    .Select(t => $"{t.Name} {t.Status}")
            )
        );
}
