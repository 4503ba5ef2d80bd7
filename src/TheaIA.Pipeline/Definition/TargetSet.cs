using System.Reflection;
using System.Runtime.CompilerServices;

namespace TheaIA.Pipeline;

/// <summary>All targets of a build, to be found by name, by delegate and by property.</summary>
internal sealed class TargetSet(Type build)
{
    // A delegate's own hash code is that of its object alone: the same for every target of a build.
    private readonly Dictionary<Target, ExecutableTarget> _byReference = new(ByReference.Instance);
    private readonly Dictionary<string, ExecutableTarget> _byName = new(NameComparer.Instance);
    private readonly Dictionary<ExecutableTarget, MethodInfo> _getters = [];
    private readonly List<Target> _factories = [];
    private Dictionary<long, int>? _byCode;
    private Dictionary<nint, ExecutableTarget?>? _byMethod;

    public Type Build { get; } = build;
    public List<ExecutableTarget> All { get; } = [];
    public IEnumerable<string> Names => All.Where(t => t.Listed).Select(t => t.Name);

    public ExecutableTarget? Find(string name) => _byName.GetValueOrDefault(name);

    public ExecutableTarget? Find(Target? factory)
    {
        if (factory is null)
        {
            return null;
        }

        if (_byReference.TryGetValue(factory, out var found))
        {
            return found;
        }

        // A lambda that captures the build is made anew at each read of its property, yet equal.
        if (ByCode().TryGetValue(CodeOf(factory), out var place) && _factories[place] == factory)
        {
            return All[place];
        }

        // One that captures more is not even equal; its method stays.
        return ByMethod().GetValueOrDefault(factory.Method.MethodHandle.Value);
    }

    public void Add(ExecutableTarget target, MethodInfo getter, Target factory)
    {
        if (!_byName.TryAdd(target.Name, target))
        {
            var other = _getters[_byName[target.Name]];
            throw Wrong.Program(
                $"Two targets are called '{target.Name}': {Components.NameOf(other)} and {Components.NameOf(getter)}. Rename one of them."
            );
        }

        _getters.Add(target, getter);
        _factories.Add(factory);
        _byReference.TryAdd(factory, target);
        All.Add(target);
    }

    private Dictionary<long, int> ByCode()
    {
        if (_byCode is null)
        {
            _byCode = new Dictionary<long, int>(All.Count);
            for (var i = 0; i < All.Count; i++)
            {
                _byCode.TryAdd(CodeOf(_factories[i]), i);
            }
        }

        return _byCode;
    }

    /// <summary>
    /// Only where to look: <see cref="Delegate.Method"/> goes through all methods of its class at each
    /// call, and with 10,000 targets that is most of a run.
    /// </summary>
    private static long CodeOf(Target factory)
    {
        try
        {
            return Code(factory);
        }
        catch (MissingFieldException)
        {
            return 0;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_methodPtr")]
    private static extern ref nint Code(Delegate factory);

    private Dictionary<nint, ExecutableTarget?> ByMethod()
    {
        if (_byMethod is not null)
        {
            return _byMethod;
        }

        _byMethod = new Dictionary<nint, ExecutableTarget?>(All.Count);
        for (var i = 0; i < All.Count; i++)
        {
            // one method behind two targets tells neither
            var method = _factories[i].Method.MethodHandle.Value;
            _byMethod[method] = _byMethod.ContainsKey(method) ? null : All[i];
        }

        return _byMethod;
    }

    private sealed class ByReference : IEqualityComparer<Target>
    {
        public static ByReference Instance { get; } = new();

        public bool Equals(Target? x, Target? y) => ReferenceEquals(x, y);

        public int GetHashCode(Target obj) => RuntimeHelpers.GetHashCode(obj);
    }
}
