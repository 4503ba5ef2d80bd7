namespace TheaIA.Components;

/// <summary>Runs the service from its sources while they change (mission row M27).</summary>
public interface IServe : IHaveDelivery, IRestore
{
    /// <summary>Runs the service, and again after each change, until Ctrl-C.</summary>
    Target Serve =>
        _ =>
            _.Description(
                    "runs the service from its sources, again after each change, until Ctrl-C"
                )
                .DependsOn<IRestore>(x => x.Restore)
                .Effect()
                .Executes(cancel => SourceWork.ServeAsync(this, cancel));
}
