using System.Diagnostics.CodeAnalysis;

namespace TheaIA.Components;

/// <summary>Brings a release into a place (mission rows M6, M7).</summary>
public interface IDeploy : IRelease, IAnnounce
{
    /// <inheritdoc/>
    [SuppressMessage(
        "Design",
        "CA1033",
        Justification = "A component offers its headline to the engine alone."
    )]
    string? IAnnounce.Announce(Announcement run) => Headline.Of(this, run);

    /// <summary>Says each step and call, and does none. Default: false.</summary>
    [Parameter("Deploy says each step and call, and does none")]
    [CommandLineOnly(nameof(Deploy))]
    bool DryRun => TryGetValue<bool?>(() => DryRun) ?? false;

    /// <summary>Admits, applies, verifies; goes back by itself when the release does not come up.</summary>
    Target Deploy =>
        _ =>
            _.Description(
                    "into development: build, test, image, run, verify; elsewhere a release that is there"
                )
                .DependsOn<IRelease>(x => x.Release)
                .Effect()
                .Budget(Goals.BuildToDeploy, () => DeliveryWork.BudgetBinds(this))
                .Preflight(cancel => DeliveryWork.RefuseEarlyAsync(this, cancel))
                .Executes(cancel => DeliveryWork.DeployAsync(this, cancel));
}
