namespace TheaIA.Components;

/// <summary>Says what runs where, and where the next undo goes.</summary>
public interface IStatus : IHaveDelivery
{
    /// <summary>Says what runs where, and where the next undo goes.</summary>
    Target Status =>
        _ =>
            _.Description("what runs where, since when, and where the next undo goes")
                .Concurrent()
                .Executes(cancel => DeliveryWork.StatusAsync(this, cancel));
}
