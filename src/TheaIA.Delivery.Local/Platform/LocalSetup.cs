namespace TheaIA.Delivery.Local.Platform;

/// <summary>What the parts of a local platform share.</summary>
/// <param name="Context">State, registry, clock, port, named steps.</param>
/// <param name="Around">Clock, processes.</param>
internal sealed record LocalSetup(DeliveryContext Context, Surroundings Around);
