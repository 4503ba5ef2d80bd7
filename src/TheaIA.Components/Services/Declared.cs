using System.Reflection;

namespace TheaIA.Components;

/// <summary>What a build program declares as properties: its service, its environments.</summary>
internal static class Declared
{
    /// <summary>The values of all properties of a type, in the order in which they are written.</summary>
    public static IReadOnlyList<T> Of<T>(INukeBuild build) =>
        [
            .. build
                .GetType()
                .GetProperties(
                    BindingFlags.Instance
                        | BindingFlags.Static
                        | BindingFlags.Public
                        | BindingFlags.NonPublic
                )
                .Where(p => p.PropertyType == typeof(T))
                .OrderBy(p => p.MetadataToken)
                .Select(p => (T)p.GetValue(build)!),
        ];

    /// <summary>The one service that the build program declares.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: none, or more than one.</exception>
    public static Service Service(INukeBuild build) =>
        Of<Service>(build) is [var only]
            ? only
            : throw new OutcomeException(
                Outcome.Wrong,
                $"{build.GetType().Name} declares {Of<Service>(build).Count} services, not one: "
                    + "public Service Api => Service.DotNet(...) in build/Build.cs."
            );
}
