namespace TheaIA.Delivery;

internal static class PlaceNames
{
    /// <summary>What a command needs to mean this place: nothing in development, the default.</summary>
    public static string Option(this Place place) =>
        place.Environment == "development" ? "" : $" --environment {place.Environment}";
}
