namespace TheaIA.Delivery.Oci.Images;

/// <summary>How a container of an application layer starts.</summary>
/// <param name="EntryAssembly">What dotnet starts.</param>
internal sealed record ApplicationStart(string EntryAssembly)
{
    /// <summary>Not root; any number that no base image gives to somebody.</summary>
    public string User { get; } = "1000";

    /// <summary>Where the layer's files lie.</summary>
    public string Directory { get; } = "/app";

    /// <summary>The port inside a container. A platform that starts processes sets its own.</summary>
    public (string Name, string Value) Variable { get; } = ("ASPNETCORE_URLS", "http://+:8000");

    public IReadOnlyList<string> Entrypoint => ["dotnet", EntryAssembly];
}
