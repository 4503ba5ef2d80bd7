using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TheaIA.Pipeline;

/// <summary>What a run as a whole rests on, so that a later one can tell whether it rests on the same.</summary>
/// <param name="Program">The build program's hash.</param>
/// <param name="Parameters">A keyed hash of all given values. Null: nobody will ask.</param>
/// <param name="Tree">A hash of the work tree before the first target. Null: nobody will ask, or there is none.</param>
internal sealed record RunFingerprint(string Program, string? Parameters, string? Tree)
{
    private const int KeyLength = 32;

    /// <summary>
    /// Takes it, where a later run could ask: the plan has several targets that do something, and at
    /// least one of them can be continued, or this one asks. All else would pay for nothing.
    /// </summary>
    public static RunFingerprint Take(
        RunScope scope,
        string program,
        Plan plan,
        IEnumerable<ExecutableTarget> all,
        FileHashes hashes,
        CancellationToken cancel
    )
    {
        var acting = 0;
        var any = false;
        foreach (var target in plan.Targets)
        {
            var acts =
                target.Status == ExecutionStatus.Scheduled && target.Definition.Actions.Count > 0;
            acting += acts ? 1 : 0;
            any |= acts && Continuation.IsFor(target);
        }

        return any && (acting > 1 || scope.Parameters.Options.Continue)
            ? Hash(scope, program, all, hashes, cancel)
            : new RunFingerprint(program, null, null);
    }

    private static RunFingerprint Hash(
        RunScope scope,
        string program,
        IEnumerable<ExecutableTarget> all,
        FileHashes hashes,
        CancellationToken cancel
    )
    {
        var tree = TreeHash.Of(scope.Root.ToString(), hashes, all, cancel);
        return new RunFingerprint(program, tree is null ? null : HashParameters(scope), tree);
    }

    /// <summary>A key that only this checkout has: a short secret must not be guessed from the journal.</summary>
    private static string HashParameters(RunScope scope)
    {
        if (scope.Parameters.Given.Count == 0)
        {
            // nothing to keep secret, and no library to load that would
            return $"none {scope.Partition}";
        }

        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Key(scope.Root));
        foreach (
            var (name, given) in scope.Parameters.Given.OrderBy(g => g.Key, StringComparer.Ordinal)
        )
        {
            Add(name);
            foreach (var word in given.Words)
            {
                Add(word);
            }

            hash.AppendData("\n"u8);
        }

        Add(scope.Partition.ToString());
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        // with its length, so that two words are not the same as another two
        void Add(string word) =>
            hash.AppendData(
                Encoding.UTF8.GetBytes(
                    string.Create(CultureInfo.InvariantCulture, $"{word.Length}:{word};")
                )
            );
    }

    private static byte[] Key(AbsolutePath root)
    {
        var path = (root / ".nuke" / "temp" / "journal.key").ToString();
        if (File.Exists(path) && File.ReadAllBytes(path) is { Length: KeyLength } known)
        {
            return known;
        }

        var key = RandomNumberGenerator.GetBytes(KeyLength);
        try
        {
            Aside.Write(path, key, isPrivate: true);
        }
        catch (Exception lost) when (lost is IOException or UnauthorizedAccessException)
        {
            // a full disk stops no run: to a later one the parameters will just have changed
        }

        return key;
    }
}
