using System.Reflection;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>The fields that the engine itself sets, found in one walk over the classes of a build.</summary>
internal sealed class InjectedFields
{
    private InjectedFields(object build) => Build = build;

    public object Build { get; }

    /// <summary>Those that are marked with <see cref="PartitionAttribute"/>.</summary>
    public List<FieldInfo> Partitions { get; } = [];

    /// <summary>Those that are marked with <see cref="GitRepositoryAttribute"/>, or behind such a property.</summary>
    private List<FieldInfo> Repositories { get; } = [];

    public static InjectedFields Of(object build)
    {
        var found = new InjectedFields(build);
        for (var type = build.GetType(); type != typeof(NukeBuild); type = type.BaseType!)
        {
            foreach (var field in type.GetFields(Components.Own | BindingFlags.Static))
            {
                found.Add(field);
            }
        }

        return found;
    }

    /// <summary>Sets what is marked with <see cref="GitRepositoryAttribute"/>; reads nothing when nothing is.</summary>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: there is no repository, or it cannot be read, and the run is no way
    /// back; or the field cannot be set.
    /// </exception>
    public void SetRepository(AbsolutePath root, EngineOptions options, TargetSet targets)
    {
        if (Repositories.Count == 0)
        {
            return;
        }

        if (Repositories.Find(f => f is { IsStatic: true, IsInitOnly: true }) is { } constant)
        {
            throw Wrong.Program(
                $"{NameOf(constant)} is static and read-only, so that it cannot be set: take one of the two away."
            );
        }

        try
        {
            var repository =
                GitRepository.FromLocalDirectoryOrNull(root)
                ?? throw Wrong.Program(
                    $"{NameOf(Repositories[0])} is the git repository of {root}, and there is none in it or above: clone it with git, or take [GitRepository] away."
                );
            foreach (var field in Repositories)
            {
                field.SetValue(Build, repository);
            }
        }
        catch (OutcomeException) when (IsWayBack(options, targets))
        {
            // production is down: what a rollback may not even ask for must not keep it there
        }
    }

    private static bool IsWayBack(EngineOptions options, TargetSet targets) =>
        options.Targets.Count > 0
        && options.Targets.All(t => targets.Find(t) is { Definition.IsWayBack: true });

    private static string NameOf(FieldInfo field) =>
        $"{field.DeclaringType!.Name}.{MemberOf(field).Name}";

    /// <summary>A property that holds its value does so in a field: <c>&lt;Name>k__BackingField</c>.</summary>
    private static MemberInfo MemberOf(FieldInfo field) =>
        field.Name.StartsWith('<')
        && field.DeclaringType!.GetProperty(
            field.Name[1..field.Name.LastIndexOf('>')],
            Components.Own | BindingFlags.Static
        )
            is { } property
            ? property
            : field;

    private void Add(FieldInfo field)
    {
        if (field.FieldType == typeof(Partition))
        {
            if (!field.IsStatic && field.IsDefined(typeof(PartitionAttribute), inherit: false))
            {
                Partitions.Add(field);
            }
        }
        else if (
            field.FieldType == typeof(GitRepository)
            && MemberOf(field).IsDefined(typeof(GitRepositoryAttribute), inherit: false)
        )
        {
            Repositories.Add(field);
        }
    }
}
