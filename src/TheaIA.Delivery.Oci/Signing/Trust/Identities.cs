using System.Text;
using System.Text.Json;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Signing.Commands;
using TheaIA.Delivery.Oci.Signing.Reading;

namespace TheaIA.Delivery.Oci.Signing.Trust;

/// <summary>
/// Which statements were signed keyless, by an identity that is trusted. cosign says so: certificates,
/// their log and sigstore's root are its business.
/// </summary>
/// <param name="cosign">Runs it.</param>
internal sealed class Identities(CosignProgram cosign)
{
    /// <summary>cosign's exit codes for signatures that are missing (10) or match nobody (12), and its words where it gives 1.</summary>
    private static readonly int[] NoMatch = [10, 12];

    private static readonly string[] NoMatchWords =
    [
        "no matching signatures",
        "no matching attestations",
        "no signatures found",
        "none of the expected identities matched",
        "none of the attestations matched",
    ];

    /// <summary>Asks for all identities and all types that lie there.</summary>
    /// <returns>Each statement that holds, with the name of its identity.</returns>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Failed"/>: cosign could not find out, as without sigstore's root.
    /// </exception>
    public async Task<IReadOnlyDictionary<StoredStatement, string>> FindAsync(
        Claim what,
        IReadOnlyList<StoredStatement> statements,
        IReadOnlyList<TrustedParty> parties,
        CancellationToken cancel
    )
    {
        var found = new Dictionary<StoredStatement, string>();
        var whole = statements.Where(s => s.Damage is null).ToList();
        foreach (var (name, identity) in Named(parties))
        {
            var tool = await cosign.ToolAsync(cancel);
            foreach (var kind in whole.GroupBy(s => (s.PredicateType, s.Bundled)))
            {
                var (type, bundled) = kind.Key;
                var simple = type == SimpleSigning.DocumentType;
                var output = await AskAsync(
                    simple
                        ? CosignCommands.Verify(identity, what)
                        : CosignCommands.VerifyAttestation(tool, identity, what, type, bundled),
                    name,
                    cancel
                );
                var holding = simple ? Claims(output) : Payloads(output);
                foreach (var statement in kind.Where(s => holding.Any(h => IsSame(h, s))))
                {
                    found.TryAdd(statement, name);
                }
            }
        }
        return found;
    }

    private static IEnumerable<(string Name, TrustedKey Identity)> Named(
        IReadOnlyList<TrustedParty> parties
    ) => parties.Where(p => p.Identity is not null).Select(p => (p.Name, p.Identity!));

    /// <returns>What it printed; nothing when none was signed by this identity.</returns>
    private async Task<string> AskAsync(Command command, string name, CancellationToken cancel)
    {
        var result = await cosign.RunPatientlyAsync(command, cancel);
        if (result.ExitCode == 0)
        {
            return result.Output;
        }
        var reason = CosignErrors.Reason(result);
        return
            NoMatch.Contains(result.ExitCode)
            || NoMatchWords.Any(w => reason.Contains(w, StringComparison.Ordinal))
            ? ""
            : throw new OutcomeException(
                Outcome.Failed,
                $"cosign could not check what {name} signed ({reason}): run the command again once that is mended."
            );
    }

    /// <summary>Of <c>cosign verify</c>: a list of claims.</summary>
    public static IReadOnlyList<JsonElement> Claims(string output) =>
        JsonReading.Object(Encoding.UTF8.GetBytes($"{{\"claims\":{Json(output, "[]")}}}"))
            is { } all
            ? all.Items("claims")
            : [];

    /// <summary>Of <c>cosign verify-attestation</c>: an envelope a line, whose payload is what counts.</summary>
    public static IReadOnlyList<JsonElement> Payloads(string output) =>
        [
            .. output
                .Split('\n')
                .Select(l => JsonReading.Object(Encoding.UTF8.GetBytes(l))?.Bytes("payload"))
                .OfType<byte[]>()
                .Select(p => JsonReading.Object(p))
                .OfType<JsonElement>(),
        ];

    private static bool IsSame(JsonElement holding, StoredStatement statement) =>
        JsonReading.Object(statement.Payload) is { } payload
        && JsonElement.DeepEquals(holding, payload);

    private static string Json(string output, string otherwise) =>
        output.Trim() is { Length: > 0 } text ? text : otherwise;
}
