using TheaIA.Abstractions;

namespace TheaIA.Delivery.Oci.Signing.Commands;

/// <summary>The command lines of cosign; nothing is run here.</summary>
internal static class CosignCommands
{
    public const string Program = "cosign";

    private const string PasswordVariable = "COSIGN_PASSWORD";

    public static Command Version() => new(Program, "version") { Environment = Plain };

    /// <summary>Prints a signing config that names no log. Only 3 knows it: that is how the majors are told.</summary>
    public static Command SigningConfig() =>
        new(Program, "signing-config", "create") { Environment = Plain };

    /// <summary>Prints a trusted root that trusts nothing.</summary>
    public static Command TrustedRoot() =>
        new(Program, "trusted-root", "create") { Environment = Plain };

    /// <summary>Opens a key and prints its public half.</summary>
    /// <param name="key">A key file or KMS URI.</param>
    /// <param name="password">Opens a key file.</param>
    public static Command PublicKey(string key, Secret? password) =>
        new(Program, "public-key", "--key", key) { Environment = With(password) };

    /// <summary>Signs an image.</summary>
    /// <param name="tool">Which cosign.</param>
    /// <param name="key">Key and password; no reference: keyless.</param>
    /// <param name="what">The image.</param>
    public static Command Sign(CosignTool tool, SigningKey key, Claim what) =>
        new(Program, ["sign", "--yes", .. By(tool, key), Image(what)])
        {
            Environment = With(key.Password),
        };

    /// <summary>Attests a predicate.</summary>
    /// <param name="tool">Which cosign.</param>
    /// <param name="key">Key and password; no reference: keyless.</param>
    /// <param name="what">The image.</param>
    /// <param name="predicateType">
    /// The type's URI also where cosign knows a word for it: by its word for provenance it rewrites the
    /// predicate and drops fields; verify-attestation takes the word all the same.
    /// </param>
    /// <param name="predicateFile">The predicate's JSON.</param>
    /// <param name="replace">Drops all older ones of this type, whoever signed them (2 only).</param>
    public static Command Attest(
        CosignTool tool,
        SigningKey key,
        Claim what,
        string predicateType,
        string predicateFile,
        bool replace
    ) =>
        new(
            Program,
            [
                "attest",
                "--yes",
                .. By(tool, key),
                "--type",
                predicateType,
                "--predicate",
                predicateFile,
                .. replace ? ["--replace"] : Array.Empty<string>(),
                Image(what),
            ]
        )
        {
            Environment = With(key.Password),
        };

    /// <summary>Verifies a signature by a public key file; prints its claims.</summary>
    public static Command Verify(string publicKey, Claim what) =>
        new(Program, "verify", "--key", publicKey, "--insecure-ignore-tlog=true", Image(what))
        {
            Environment = Plain,
        };

    /// <summary>Verifies a keyless signature; prints its claims.</summary>
    public static Command Verify(TrustedKey identity, Claim what) =>
        new(Program, ["verify", .. Of(identity), Image(what)]) { Environment = Plain };

    /// <summary>Verifies keyless attestations of one type; prints their envelopes, one a line.</summary>
    /// <param name="tool">Which cosign.</param>
    /// <param name="identity">Whose.</param>
    /// <param name="what">The image.</param>
    /// <param name="predicateType">The type.</param>
    /// <param name="bundled">They lie there as 3 writes them, which 2 must be told.</param>
    public static Command VerifyAttestation(
        CosignTool tool,
        TrustedKey identity,
        Claim what,
        string predicateType,
        bool bundled
    ) =>
        new(
            Program,
            [
                "verify-attestation",
                .. Of(identity),
                .. bundled && tool.Major == 2 ? ["--new-bundle-format"] : Array.Empty<string>(),
                "--type",
                predicateType,
                Image(what),
            ]
        )
        {
            Environment = Plain,
        };

    private static IEnumerable<string> By(CosignTool tool, SigningKey key)
    {
        if (key.Reference is null)
        {
            return [];
        }
        return tool switch
        {
            { SigningConfig: null } => ["--key", key.Reference, "--tlog-upload=false"],
            { TrustedRoot: null } =>
            [
                "--key",
                key.Reference,
                "--signing-config",
                tool.SigningConfig,
            ],
            _ =>
            [
                "--key",
                key.Reference,
                "--signing-config",
                tool.SigningConfig,
                "--trusted-root",
                tool.TrustedRoot,
            ],
        };
    }

    private static IEnumerable<string> Of(TrustedKey identity) =>
        [
            "--certificate-identity-regexp",
            $"^(?:{identity.Identity})$",
            "--certificate-oidc-issuer",
            identity.Issuer ?? "",
        ];

    private static string Image(Claim what) => $"{what.Repository}@{what.Digest}";

    /// <summary>
    /// Without what would lead it elsewhere: another repository for signatures, where nobody who verifies
    /// would look. The password is for what signs alone.
    /// </summary>
    private static Dictionary<string, string?> Plain { get; } =
        new(StringComparer.Ordinal)
        {
            ["COSIGN_REPOSITORY"] = null,
            ["COSIGN_EXPERIMENTAL"] = null,
            [PasswordVariable] = null,
        };

    // without the variable cosign asks a person, and there may be none
    private static Dictionary<string, string?> With(Secret? password) =>
        new(Plain, StringComparer.Ordinal) { [PasswordVariable] = password?.Reveal() ?? "" };
}
