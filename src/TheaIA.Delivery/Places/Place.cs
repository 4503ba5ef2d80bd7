namespace TheaIA.Delivery;

/// <summary>A service in an environment: the one key of ledger, lease, hold and pin.</summary>
/// <param name="Service">The service's name: <c>theaia-api</c>.</param>
/// <param name="Environment">The environment's name: <c>development</c>.</param>
public sealed record Place(string Service, string Environment)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Service} in {Environment}";
}
