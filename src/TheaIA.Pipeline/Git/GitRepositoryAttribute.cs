namespace TheaIA.Pipeline;

/// <summary>
/// Marks a field of type <see cref="GitRepository"/>, or a property that holds its value
/// (<c>{ get; }</c>), of the build class or a base class, private and static ones too: it is the
/// repository that <see cref="NukeBuild.RootDirectory"/> lies in. It is set before conditions are asked
/// and <c>OnBuildInitialized</c> is called, and is null while targets are defined, as in NUKE.
/// Where there is no repository, or it cannot be read, the run is refused (exit 2); only a way back
/// goes on, and <c>--help</c> and <c>--list</c> do not ask.
/// </summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class GitRepositoryAttribute : Attribute;
