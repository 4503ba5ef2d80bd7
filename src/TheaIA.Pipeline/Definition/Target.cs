namespace TheaIA.Pipeline;

/// <summary>
/// A target, written as a property of the build class or of a component interface:
/// <c>Target Test => _ => _.DependsOn(Compile).Executes(() => ...);</c>
/// </summary>
/// <param name="definition">What the target says about itself is said to this.</param>
/// <returns>The same definition.</returns>
public delegate ITargetDefinition Target(ITargetDefinition definition);

/// <summary>Changes an object and gives it back.</summary>
/// <typeparam name="T">The object's type.</typeparam>
/// <param name="options">The object.</param>
/// <returns>The changed object.</returns>
public delegate T Configure<T>(T options);
