namespace TheaIA.Components;

/// <summary>Goes back to the last verified release (mission rows M8, M10).</summary>
public interface IRollback : IHaveDelivery
{
    /// <summary>The release to go back to, held or not. Default: the last verified one before this.</summary>
    [Parameter("goes back to this one (DIGEST, VERSION or COMMIT), held or not")]
    [CommandLineOnly(nameof(Rollback), Instead = "Deploy --release")]
    string? To => TryGetValue(() => To);

    /// <summary>Goes back to the last verified release (mission rows M8, M10).</summary>
    Target Rollback =>
        _ =>
            _.Description(
                    "back to the last verified release, within 90 s; nothing is rebuilt; --to names another"
                )
                .Effect()
                .WayBack()
                .Executes(cancel => DeliveryWork.RollbackAsync(this, cancel));
}
