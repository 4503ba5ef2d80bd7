namespace TheaIA.Components;

/// <summary>Says every check of a place with its verdict, without deploying.</summary>
public interface IGates : IHaveDelivery
{
    /// <summary>Says every check of a place with its verdict, without deploying.</summary>
    Target Gates =>
        _ =>
            _.Description("every check of the environment with its verdict, without deploying")
                .Concurrent()
                .Executes(cancel => DeliveryWork.GatesAsync(this, cancel));
}
