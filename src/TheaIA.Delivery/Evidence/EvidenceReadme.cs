using System.Globalization;

namespace TheaIA.Delivery;

/// <summary>README.md of the folder: for an auditor who has nothing but the folder.</summary>
internal static class EvidenceReadme
{
    public static string Of(EvidenceListing listing, IReadOnlyList<EvidenceKey> keys) =>
        string.Join(
            '\n',
            [
                .. Facts(listing),
                .. Checks(listing),
                .. Files(listing),
                .. ByScript(keys),
                .. ByHand(listing, keys),
                .. Limits(listing),
            ]
        );

    private static IEnumerable<string> Facts(EvidenceListing listing) =>
        [
            $"# Evidence of {listing.Digest}",
            "",
            "This folder holds one container image and everything that was signed about it. It proves itself:",
            "no network, no registry and none of the tools that made it are needed.",
            "",
            "| | |",
            "|---|---|",
            $"| Image | `{Cell(listing.Repository)}@{listing.Digest}` |",
            $"| Commit | `{Cell(listing.Commit)}` |",
            $"| Version | `{Cell(listing.Version)}` |",
            $"| Collected | {listing.CollectedOn.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC |",
            listing.Holds
                ? "| Verdict | the evidence holds: image, statements and lists are what was signed |"
                : "| Verdict | **the evidence does not hold**, see below |",
            "",
            .. Section("What is wrong", listing.Troubles),
            .. Section("What to know", listing.Notes),
        ];

    private static IEnumerable<string> Checks(EvidenceListing listing) =>
        [
            "## Checks",
            "",
            "Read from the signed statements when the folder was made. `not made`: the place's policy wants the",
            "check, and no signed statement answers it. That is no damage to the evidence, but no pass either.",
            "",
            "| Check | Verdict | Value | Source | Statement |",
            "|---|---|---|---|---|",
            .. listing.Checks.Select(c =>
                $"| {Cell(c.Gate)} | {c.Verdict} | {Cell(c.Value)} | {Cell(c.Source)} | {string.Join(", ", c.Statements)} |"
            ),
            "",
        ];

    private static IEnumerable<string> Files(EvidenceListing listing) =>
        [
            "## What each file proves",
            "",
            "| File | What it is |",
            "|---|---|",
            "| `image/` | The image in OCI layout. A blob's name is its SHA-256; the image's digest is the manifest's, and the manifest names configuration and layers by theirs. So one digest stands for every byte. |",
            .. listing.Statements.Select(s =>
                $"| `{s.File}` | {Proves(s)} Signed by `keys/{s.SignedBy}`; readable in `{s.Readable}`. |"
            ),
            "| `keys/` | The public keys that the statements were checked with. |",
            .. listing.Rejected.Select(r =>
                $"| `rejected/{r.Name}.json` | Found on the image and **not counted**: {Cell(r.Reason)} |"
            ),
            "| `index.json` | Every file with its SHA-256 and size, every check with its verdict. Not signed itself: what it lists is checked by the signatures. |",
            "| `verify.sh` | Checks all of this. It is short: read it. |",
            "",
        ];

    private static string Proves(ListedStatement statement) =>
        StatementNames.Gate(statement.PredicateType) switch
        {
            "signature" => "The signature on the image's digest.",
            EvidenceIndex.Gate =>
                "The signed index: the SHA-256 of every other statement, signed last. It shows when one was taken away.",
            "tests" => "The test results.",
            "coverage" => "How much of the code the tests reach.",
            "lint" => "The findings of formatter and analyzers.",
            "scan" => "The search for secrets in commits and layers.",
            "vulnerabilities" => "The search for known vulnerabilities.",
            "sbom" => "The bill of materials (CycloneDX): what is in the image.",
            "provenance" => "The provenance (SLSA): who built it, from which commit, with what.",
            _ => $"A statement of the type `{Cell(statement.PredicateType)}`.",
        };

    private static IEnumerable<string> ByScript(IReadOnlyList<EvidenceKey> keys)
    {
        var byTheirs = "bash verify.sh";
        var byOwn = $"bash verify.sh /your/{keys[0].File}";
        return
        [
            "## How to check it",
            "",
            "```bash",
            $"{byTheirs.PadRight(byOwn.Length)}  # by the keys in keys/",
            $"{byOwn}  # by your own copy of the key: only this proves who signed",
            "```",
            "",
            "Exit code 0: everything is what was signed. 1: something is not, each thing is named. Whoever could",
            "change this folder could change its keys and its script too: take the key from a source that you",
            "trust, and read the script, or do by hand what it does.",
            "",
        ];
    }

    private static IEnumerable<string> ByHand(
        EvidenceListing listing,
        IReadOnlyList<EvidenceKey> keys
    )
    {
        var hex = listing.Digest["sha256:".Length..];
        var dsse = listing.Statements.FirstOrDefault(s =>
            s.File.EndsWith(".dsse.json", StringComparison.Ordinal)
        );
        var cosign = listing.Statements.FirstOrDefault(s =>
            s.File.EndsWith(".cosign.json", StringComparison.Ordinal)
        );
        return
        [
            "## By hand",
            "",
            "The image: each sum must be the file's own name, and the manifest must name the other ones.",
            "",
            "```bash",
            "(cd image/blobs/sha256 && sha256sum *)",
            $"cat image/blobs/sha256/{hex}   # the manifest",
            "```",
            "",
            .. dsse is null ? [] : Dsse(dsse),
            .. cosign is null ? [] : Cosign(cosign, hex),
            "The key: its sum, to compare with the one that the signer told you.",
            "",
            "```bash",
            .. keys.Select(k => $"openssl pkey -pubin -in keys/{k.File} -outform DER | sha256sum"),
            "```",
            "",
        ];
    }

    private static IEnumerable<string> Dsse(ListedStatement statement) =>
        [
            "A statement in a `.dsse.json` file: what is signed is the text `DSSEv1`, the type's and the",
            "payload's length with them, and the payload (DSSE, pre-authentication encoding).",
            "",
            "```bash",
            $"statement={statement.File} key=keys/{statement.SignedBy} work=$(mktemp -d)",
            """sed -E 's/.*"payload":"([^"]*)".*/\1/' "$statement" | base64 -d > "$work/payload" """.TrimEnd(),
            """sed -E 's/.*"sig":"([^"]*)".*/\1/' "$statement" | base64 -d > "$work/signature" """.TrimEnd(),
            """{ printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(wc -c < "$work/payload")"; cat "$work/payload"; } > "$work/signed" """.TrimEnd(),
            """openssl dgst -sha256 -verify "$key" -signature "$work/signature" "$work/signed" """.TrimEnd(),
            """grep -oE '"subject": ?\[[^]]*\]' "$work/payload"   # about this image: the digest above""",
            """sha256sum "$work/payload"   # in the signed index""",
            "```",
            "",
        ];

    private static IEnumerable<string> Cosign(ListedStatement statement, string hex) =>
        [
            "A signature in a `.cosign.json` file: the payload itself is signed.",
            "",
            "```bash",
            $"statement={statement.File} key=keys/{statement.SignedBy} work=$(mktemp -d)",
            """sed -E 's/.*"payload":"([^"]*)".*/\1/' "$statement" | base64 -d > "$work/payload" """.TrimEnd(),
            """sed -E 's/.*"signature":"([^"]*)".*/\1/' "$statement" | base64 -d > "$work/signature" """.TrimEnd(),
            """openssl dgst -sha256 -verify "$key" -signature "$work/signature" "$work/payload" """.TrimEnd(),
            $"""grep -o 'sha256:{hex}' "$work/payload"   # it is about this image""",
            "```",
            "",
        ];

    private static IEnumerable<string> Limits(EvidenceListing listing) =>
        [
            "## What it does not prove",
            "",
            "- That what the key's owner signed is true: it proves who said it, about which image.",
            "- That nothing was signed after the folder was made, or after the signed index.",
            "- Verdicts in this file and in `index.json` are a reading; the words that were signed are in",
            "  `statements/`, and `verify.sh` compares each readable copy with what was signed.",
            .. listing.Rejected.Count == 0
                ? []
                : new[]
                {
                    "- Anything by what is in `rejected/`: it is kept to be looked at, nothing more.",
                },
            "",
        ];

    private static IEnumerable<string> Section(string title, IReadOnlyList<string> lines) =>
        lines.Count == 0
            ? []
            : [$"## {title}", "", .. lines.Select(l => $"- {StatementNames.Line(l)}"), ""];

    /// <summary>Text of others in a table: it opens no column and no code.</summary>
    private static string Cell(string text) =>
        StatementNames.Line(text).Replace("|", "\\|", StringComparison.Ordinal).Replace('`', '\'');
}
