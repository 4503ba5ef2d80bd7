using System.Text.Json.Serialization;

namespace TheaIA.Delivery;

/// <summary>index.json of the folder: what it is about, how the checks came out, every file.</summary>
internal sealed record EvidenceListing(
    string Repository,
    string Digest,
    string Commit,
    string Version,
    [property: JsonConverter(typeof(UtcJson))] DateTimeOffset CollectedOn,
    bool Holds,
    IReadOnlyList<string> Troubles,
    IReadOnlyList<string> Notes,
    IReadOnlyList<ListedCheck> Checks,
    IReadOnlyList<ListedStatement> Statements,
    IReadOnlyList<ListedRejection> Rejected,
    IReadOnlyList<EvidenceFile> Files
)
{
    public const string FileName = "index.json";

    public const string NotMade = "not made";
}

/// <summary>A check, as its statements say it.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Verdict"><c>pass</c>, <c>fail</c>, <c>unknown</c>, <c>waived</c>, or <c>not made</c>.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Source">Where the verdict comes from.</param>
/// <param name="Statements">The statements that answer it, by name.</param>
internal sealed record ListedCheck(
    string Gate,
    string Verdict,
    string Value,
    string Source,
    IReadOnlyList<string> Statements
);

/// <summary>A statement that counts.</summary>
internal sealed record ListedStatement(
    string Name,
    string File,
    string Readable,
    string PredicateType,
    string PayloadSha256,
    string SignedBy,
    bool InSignedIndex
);

/// <summary>A statement that does not count.</summary>
internal sealed record ListedRejection(string Name, string Reason);
