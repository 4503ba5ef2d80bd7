using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>What a target's result rests on now.</summary>
internal sealed record Fingerprint(
    string Target,
    string Program,
    IReadOnlyList<KeyHash> Keys,
    Dictionary<string, string> Inputs
)
{
    public static Fingerprint Take(
        ExecutableTarget target,
        string program,
        Partition partition,
        WorkTree tree
    )
    {
        var said = target.Definition;
        var keys = new List<KeyHash>();
        foreach (var key in said.InputKeys)
        {
            keys.Add(new(key.Name, ContentHash.OfSecret(Ask(target, key) ?? "")));
        }

        if (said.Parts > 1)
        {
            keys.Add(new("the part", ContentHash.OfSecret(partition.ToString())));
        }

        return new(target.Name, program, keys, tree.Find(said.Inputs));
    }

    /// <summary>What differs from a record besides files: a few words. Null: nothing.</summary>
    public string? DiffersBesidesFiles(FingerprintRecord from)
    {
        if (from.Program != Program)
        {
            return "the build program";
        }

        for (var i = 0; i < Keys.Count; i++)
        {
            if (i >= from.Keys.Count || from.Keys[i] != Keys[i])
            {
                return Keys[i].Name;
            }
        }

        return null;
    }

    /// <summary>The name of this in a cache that machines may share.</summary>
    public string CacheKey()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(RuntimeInformation.RuntimeIdentifier);
        Add(Program);
        Add(Target);
        foreach (var key in Keys)
        {
            Add(key.Name);
            Add(key.Hash);
        }

        foreach (var (path, content) in Inputs)
        {
            Add(path);
            Add(content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Add(string text)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            hash.AppendData([0]);
        }
    }

    /// <summary>The paths that differ, those that are gone last.</summary>
    public static List<string> Difference(
        Dictionary<string, string> before,
        Dictionary<string, string> now
    )
    {
        var different = new List<string>();
        foreach (var (path, hash) in now)
        {
            if (!before.TryGetValue(path, out var earlier) || earlier != hash)
            {
                different.Add(path);
            }
        }

        foreach (var path in before.Keys)
        {
            if (!now.ContainsKey(path))
            {
                different.Add(path);
            }
        }

        return different;
    }

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "Whatever a key throws, a person is told which key of which target it was."
    )]
    private static string? Ask(ExecutableTarget target, InputKey key)
    {
        try
        {
            return key.Value();
        }
        // what has words of its own keeps them, and so does a run that was stopped
        catch (Exception thrown)
            when (thrown is not (OutcomeException or OperationCanceledException))
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"{target.Name} cannot ask its key '{key.Name}': {Thrown.NamedMessageOf(thrown)}",
                thrown
            );
        }
    }
}
