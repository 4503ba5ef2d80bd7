namespace TheaIA.Delivery.Local.Platform;

/// <summary>What a front answers at /.front/generations.</summary>
/// <param name="Current">The generation that it forwards new requests to; null: none.</param>
/// <param name="InFlight">Requests that are being answered, by generation.</param>
internal sealed record FrontState(long? Current, IReadOnlyDictionary<string, int> InFlight);
