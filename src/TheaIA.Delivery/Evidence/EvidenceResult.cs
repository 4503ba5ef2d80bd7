using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>A folder of evidence that was written.</summary>
/// <param name="Release">The release that it is about.</param>
/// <param name="Directory">Where it is, as the caller named it.</param>
public sealed record EvidenceResult(Release Release, string Directory)
{
    /// <summary>One check a gate, wanted ones first; those that nobody made are <see cref="Verdict.Unknown"/>.</summary>
    public required IReadOnlyList<Check> Checks { get; init; }

    /// <summary>Gates that are wanted and that no statement answers. No failure of the evidence.</summary>
    public required IReadOnlyList<string> NotMade { get; init; }

    /// <summary>How many layers the image has; each was read and hashed.</summary>
    public required int Layers { get; init; }

    /// <summary>How many statements count, the signed index included.</summary>
    public required int Statements { get; init; }

    /// <summary>How many were found that do not count.</summary>
    public required int Rejected { get; init; }

    /// <summary>How many files there are.</summary>
    public required int Files { get; init; }

    /// <summary>Bytes of all files.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of index.json, in hexadecimal digits: with it kept elsewhere the whole folder is fixed.</summary>
    public required string IndexSha256 { get; init; }

    /// <summary>What is damaged or missing, a sentence each. Empty: the evidence holds.</summary>
    public required IReadOnlyList<string> Troubles { get; init; }

    /// <summary>What to know about it though it holds, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary><see cref="Outcome.Done"/>, or <see cref="Outcome.Failed"/> when there are troubles.</summary>
    public Outcome Outcome => Troubles.Count == 0 ? Outcome.Done : Outcome.Failed;

    /// <summary>The figure of the target's line: <c>9 statements, 2 layers; not made: vulnerabilities</c>.</summary>
    public string Figure =>
        $"{Count(Statements, "statement")}, {Count(Layers, "layer")}"
        + (Rejected > 0 ? $", {Rejected} not counted" : "")
        + (NotMade.Count > 0 ? $"; not made: {string.Join(", ", NotMade)}" : "");

    /// <summary>Throws when the evidence does not hold; the folder is there all the same, to look at.</summary>
    /// <returns>This result.</returns>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: its details are the troubles.</exception>
    public EvidenceResult OrThrow() =>
        Troubles.Count == 0
            ? this
            : throw new OutcomeException(
                Outcome.Failed,
                $"The evidence of {Release.Name} does not hold ({Count(Troubles.Count, "trouble")}): "
                    + $"see {Directory}/README.md; ./build.sh Release signs anew what is missing."
            )
            {
                Details = Troubles,
            };

    private static string Count(int count, string noun) =>
        count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
