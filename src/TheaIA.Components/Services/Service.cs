namespace TheaIA.Components;

/// <summary>A service that this repository delivers.</summary>
/// <param name="Name">Its name in ledgers, images and output: <c>theaia-api</c>.</param>
/// <param name="ProjectDirectory">The folder of its project.</param>
/// <param name="Port">Where it answers while it is developed.</param>
public sealed record Service(string Name, AbsolutePath ProjectDirectory, int Port)
{
    /// <summary>A .NET service: one project, published portable, started by <c>dotnet</c>.</summary>
    /// <param name="name">Its name: lower case, digits and dashes.</param>
    /// <param name="projectDirectory">The folder of its project.</param>
    /// <param name="port">Where it answers while it is developed.</param>
    public static Service DotNet(string name, AbsolutePath projectDirectory, int port) =>
        new(name, projectDirectory, port);

    /// <summary>The project file in its folder.</summary>
    public AbsolutePath Project => ProjectDirectory / (ProjectDirectory.Name + ".csproj");

    /// <summary>What <c>dotnet</c> starts.</summary>
    public string EntryAssembly => ProjectDirectory.Name + ".dll";
}
