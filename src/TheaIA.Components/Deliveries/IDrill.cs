namespace TheaIA.Components;

/// <summary>Rehearses the way back: a release made to fail, taken back, timed.</summary>
public interface IDrill : IHaveDelivery
{
    /// <summary>Rehearses the way back: a release made to fail, taken back, timed.</summary>
    Target Drill =>
        _ =>
            _.Description(
                    "rehearses the way back with a release made to fail; leaves the place as it was"
                )
                .Effect()
                .Executes(cancel => DeliveryWork.DrillAsync(this, cancel));
}
