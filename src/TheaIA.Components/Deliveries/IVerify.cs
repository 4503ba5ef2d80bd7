namespace TheaIA.Components;

/// <summary>Measures what runs, and completes an unverified deployment.</summary>
public interface IVerify : IHaveDelivery
{
    /// <summary>Measures what runs, and completes an unverified deployment.</summary>
    Target Verify =>
        _ =>
            _.Description(
                    "measures what runs in the environment, and completes an unverified deployment"
                )
                .Effect()
                .Executes(cancel => DeliveryWork.VerifyAsync(this, cancel));
}
