using System.Collections.Concurrent;

namespace TheaIA.Pipeline.Tests;

/// <summary>What the targets of a build under test did, by the flow of the test's code.</summary>
internal sealed class Trace
{
    private static readonly AsyncLocal<Trace?> Local = new();
    private readonly ConcurrentQueue<string> _did = [];

    public static Trace Current => Local.Value!;

    public StillTime Time { get; } = new();
    public ConcurrentDictionary<string, object> Bag { get; } = new(StringComparer.Ordinal);
    public string All => string.Join(' ', _did);

    public static Trace Begin() => Local.Value = new Trace();

    public void Add(string what) => _did.Enqueue(what);
}
