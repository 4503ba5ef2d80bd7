namespace TheaIA.Components;

/// <summary>Ends what runs here, the front too.</summary>
public interface IStop : IHaveDelivery
{
    /// <summary>Ends what runs here, the front too.</summary>
    Target Stop =>
        _ =>
            _.Description("ends what runs in the environment on this machine, the front too")
                .Effect()
                .Executes(cancel => DeliveryWork.StopAsync(this, cancel));
}
