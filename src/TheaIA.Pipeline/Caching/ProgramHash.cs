using System.Reflection;

namespace TheaIA.Pipeline;

/// <summary>The build program's own hash: with another program no target is up to date.</summary>
internal static class ProgramHash
{
    /// <summary>What build.sh says, else a hash over the assemblies that targets come from.</summary>
    public static string Of(Type build, Surroundings surroundings) =>
        surroundings.Variable("NUKE_PROGRAM") ?? OfAssemblies(build);

    private static string OfAssemblies(Type build)
    {
        var assemblies = new HashSet<Assembly> { build.Assembly, typeof(ProgramHash).Assembly };
        foreach (var component in build.GetInterfaces())
        {
            assemblies.Add(component.Assembly);
        }

        var ids = assemblies.Select(a => a.ManifestModule.ModuleVersionId).Order();
        return ContentHash.OfBytes([.. ids.SelectMany(id => id.ToByteArray())]);
    }
}
