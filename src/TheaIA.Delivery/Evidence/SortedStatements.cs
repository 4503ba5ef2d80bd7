namespace TheaIA.Delivery;

/// <summary>A statement that counts: a trusted key signed it, about this digest.</summary>
/// <param name="Name">Its number and gate: <c>02-tests</c>.</param>
/// <param name="Envelope">The statement with its signatures.</param>
/// <param name="Key">Whose signature it is.</param>
internal sealed record KeptStatement(string Name, Envelope Envelope, EvidenceKey Key)
{
    public string Gate => StatementNames.Gate(Envelope.PredicateType);

    /// <summary>The file that proves it.</summary>
    public string File => $"statements/{Name}.{(Envelope.IsDsse ? "dsse" : "cosign")}.json";

    /// <summary>The file that a person reads.</summary>
    public string Readable => $"statements/{Name}.json";
}

/// <summary>Something that was found on the digest and does not count.</summary>
/// <param name="Name">Its number and gate.</param>
/// <param name="Gate">The gate that it seems to answer.</param>
/// <param name="Bytes">As it was found.</param>
/// <param name="Reason">Why it does not count: one line.</param>
/// <param name="Damaged">
/// False: it is whole, but nobody trusted signed it, and anybody who may push can put such a thing there.
/// </param>
internal sealed record RejectedStatement(
    string Name,
    string Gate,
    ReadOnlyMemory<byte> Bytes,
    string Reason,
    bool Damaged
);

/// <summary>All that was found on a digest: what counts, what does not, and what is missing.</summary>
internal sealed class SortedStatements
{
    private readonly Release release;

    private SortedStatements(Release release) => this.release = release;

    public required IReadOnlyList<KeptStatement> Kept { get; init; }

    public required IReadOnlyList<RejectedStatement> Rejected { get; init; }

    /// <summary>The newest list that was signed; null: none by a trusted key.</summary>
    public SignedIndex? Index => EvidenceIndex.Newest(Kept.Select(k => k.Envelope));

    /// <summary>What is not as it was signed: any of them makes Evidence fail.</summary>
    public IEnumerable<string> Troubles =>
        Rejected
            .Where(r => r.Damaged)
            .Select(r => $"rejected/{r.Name}: {r.Reason}")
            .Concat(
                Index is { } index
                    ? index.Statements.Where(l => !Kept.Any(k => Is(k, l))).Select(Missing)
                    :
                    [
                        $"no signed index of {release.What.Short} by a trusted key: nobody can say whether a statement was taken away"
                            + Instead(EvidenceIndex.Gate),
                    ]
            );

    /// <summary>What to know about it, though nothing is wrong.</summary>
    public IEnumerable<string> Notes =>
        Kept.Where(k => !IsListed(k) && Index is not null)
            .Select(k => $"{k.Name} is signed, but not in the signed index: it came after it")
            .Concat(
                Rejected
                    .Where(r => !r.Damaged)
                    .Select(r => $"rejected/{r.Name} is not counted: {r.Reason}")
            );

    /// <summary>In the signed index, or such an index itself.</summary>
    public bool IsListed(KeptStatement statement) =>
        EvidenceIndex.IsIndex(statement.Envelope)
        || Index?.Statements.Any(l => Is(statement, l)) == true;

    /// <summary>Checks each statement again: the source's word alone counts against one, never for one.</summary>
    public static SortedStatements Sort(
        Release release,
        IReadOnlyList<SignedStatement> found,
        EvidenceKeys keys
    )
    {
        var kept = new List<(Envelope Envelope, EvidenceKey Key)>();
        var rejected = new List<RejectedStatement>();
        foreach (var one in found)
        {
            var envelope = Envelope.Read(one.Envelope);
            var key = envelope is null
                ? null
                : keys.All.FirstOrDefault(k => envelope.SignedBy(k.Public));
            if (WhyNot(one, envelope, key, release.What, keys) is { } reason)
            {
                var gate = StatementNames.Gate(envelope?.PredicateType ?? one.PredicateType);
                rejected.Add(
                    new RejectedStatement(
                        $"{rejected.Count + 1:00}-{gate}",
                        gate,
                        one.Envelope,
                        StatementNames.Line(reason),
                        Damaged: envelope is null || key is not null
                    )
                );
            }
            else
            {
                kept.Add((envelope!, key!));
            }
        }
        return new SortedStatements(release)
        {
            Kept =
            [
                .. kept.DistinctBy(k => (k.Envelope.PayloadHash, k.Key.File))
                    .OrderBy(k => Rank(k.Envelope))
                    .ThenBy(
                        k => StatementNames.Gate(k.Envelope.PredicateType),
                        StringComparer.Ordinal
                    )
                    .Select(
                        (k, n) =>
                            new KeptStatement(
                                $"{n + 1:00}-{StatementNames.Gate(k.Envelope.PredicateType)}",
                                k.Envelope,
                                k.Key
                            )
                    ),
            ],
            Rejected = rejected,
        };
    }

    private static string? WhyNot(
        SignedStatement one,
        Envelope? envelope,
        EvidenceKey? key,
        Claim what,
        EvidenceKeys keys
    ) =>
        envelope is null ? one.Trouble ?? "it is no signed statement that can be read"
        : key is null ? one.Trouble ?? $"signed by none of the trusted keys ({keys.Names})"
        : !envelope.Subjects.Contains(what.Digest)
            ? $"signed by {key.Name}, but about {string.Join(", ", envelope.Subjects)}, not about this image"
        : one.Trouble;

    private static int Rank(Envelope envelope) =>
        envelope.PredicateType == Envelope.SignatureType ? 0
        : EvidenceIndex.IsIndex(envelope) ? 2
        : 1;

    private static bool Is(KeptStatement statement, IndexedStatement line) =>
        statement.Envelope.PayloadHash == line.PayloadSha256;

    private string Missing(IndexedStatement line) =>
        $"{line.Gate} (payload {line.PayloadSha256}) is in the signed index, and no such statement is there"
        + Instead(line.Gate);

    private string Instead(string gate) =>
        Rejected.FirstOrDefault(r => r.Gate == gate) is { } other
            ? $"; rejected/{other.Name}: {other.Reason}"
            : "";
}
