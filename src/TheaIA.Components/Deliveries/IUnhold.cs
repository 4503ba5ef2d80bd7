namespace TheaIA.Components;

/// <summary>Lets a held release be deployed again.</summary>
public interface IUnhold : IHaveDelivery
{
    /// <summary>Lets a held release be deployed again.</summary>
    Target Unhold =>
        _ =>
            _.Description("lets a held release be deployed again: --release X --reason WHY")
                .Effect()
                .Requires(() => ReleaseReference!, () => Reason!)
                .Executes(cancel => DeliveryWork.UnholdAsync(this, cancel));
}
