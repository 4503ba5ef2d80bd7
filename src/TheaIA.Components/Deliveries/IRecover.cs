namespace TheaIA.Components;

/// <summary>Closes a deployment that stopped without an end (mission row M8).</summary>
public interface IRecover : IHaveDelivery
{
    /// <summary>Only this deployment. Default: whichever is open.</summary>
    [Parameter("Recover closes only this deployment")]
    [CommandLineOnly(nameof(Recover))]
    string? Deployment => TryGetValue(() => Deployment);

    /// <summary>Closes a deployment that stopped without an end (mission row M8).</summary>
    Target Recover =>
        _ =>
            _.Description(
                    "closes a deployment that stopped without an end; nothing to close is no error"
                )
                .Effect()
                .WayBack()
                .Executes(cancel => DeliveryWork.RecoverAsync(this, cancel));
}
