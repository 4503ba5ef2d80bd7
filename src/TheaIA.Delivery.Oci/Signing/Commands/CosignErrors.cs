using TheaIA.Abstractions;

namespace TheaIA.Delivery.Oci.Signing.Commands;

/// <summary>What cosign writes when it fails, as a sentence with the next command.</summary>
internal static class CosignErrors
{
    private const string Mark = "Error: ";
    private const int Longest = 300;

    /// <summary>What a registry says that is overloaded or starts up, as go-containerregistry words it.</summary>
    private static readonly string[] Transient =
    [
        "connection refused",
        "connection reset",
        "broken pipe",
        "unexpected EOF",
        ": EOF",
        "i/o timeout",
        "TLS handshake timeout",
        "context deadline exceeded",
        "TOOMANYREQUESTS",
        "status code 429",
        "status code 500",
        "status code 502",
        "status code 503",
        "status code 504",
    ];

    private static readonly string[] Unreachable = ["dial tcp", "no such host", "i/o timeout"];

    private static readonly string[] Denied =
    [
        "UNAUTHORIZED",
        "DENIED",
        "status code 401",
        "status code 403",
    ];

    /// <summary>The reason, without what surrounds it; on one line, and not endless.</summary>
    public static string Reason(CommandResult result)
    {
        var lines = $"{result.Output}\n{result.Error}"
            .Split('\n')
            .Select(l => l.Trim())
            .Where(l => l.Length > 0)
            .ToList();
        var reason =
            lines.LastOrDefault(l => l.StartsWith(Mark, StringComparison.Ordinal))?[Mark.Length..]
            ?? lines.LastOrDefault()
            ?? $"exit code {result.ExitCode}";
        return reason.Length <= Longest ? reason : reason[..Longest] + "...";
    }

    /// <summary>The same again may well succeed.</summary>
    public static bool IsTransient(CommandResult result) =>
        result.ExitCode != 0 && Says(result, Transient);

    /// <summary>A key that does not open.</summary>
    /// <param name="key">Key and password.</param>
    /// <param name="result">What <c>cosign public-key</c> left.</param>
    public static OutcomeException Key(SigningKey key, CommandResult result)
    {
        var reason = Reason(result);
        var why = reason switch
        {
            _ when reason.Contains("decryption failed", StringComparison.Ordinal) => key.Password
                is null
                ? $"The signing key {key.Reference} has a password and none was given: set COSIGN_PASSWORD and run the command again."
                : $"The password does not open the signing key {key.Reference}: set COSIGN_PASSWORD to this key's and run the command again.",
            _ when reason.Contains("pem type: PUBLIC KEY", StringComparison.Ordinal) =>
                $"{key.Reference} is a public key, and signing takes the private one: --cosign-key FILE names it.",
            _ when reason.Contains("unsupported pem type", StringComparison.Ordinal) =>
                $"{key.Reference} is no key of cosign's: `cosign import-key-pair --key {key.Reference}` makes one of it.",
            _ when reason.Contains("permission denied", StringComparison.Ordinal) =>
                $"The signing key {key.Reference} cannot be read ({reason}): run the command as its owner, or name another by --cosign-key.",
            _ when IsUri(key.Reference ?? "") =>
                $"cosign cannot use the signing key {key.Reference} ({reason}): log in to its service, or name another by --cosign-key.",
            _ =>
                $"{key.Reference} is no key of cosign's ({reason}): `cosign generate-key-pair` makes one.",
        };
        return new OutcomeException(Outcome.Wrong, why);
    }

    /// <summary>A call that wrote to the registry, or should have.</summary>
    /// <param name="doing">What it was to do: <c>sign</c>.</param>
    /// <param name="what">The image.</param>
    /// <param name="result">What cosign left.</param>
    public static OutcomeException Registry(string doing, Claim what, CommandResult result)
    {
        var (host, reason) = (what.Host(), Reason(result));
        return new OutcomeException(
            Outcome.Failed,
            Says(result, Denied)
                    ? $"{host} does not let cosign {doing} {what.Short} ({reason}): docker login {host}, then run the command again."
                : Says(result, Unreachable)
                    ? $"{host} does not answer, so cosign could not {doing} {what.Short} ({reason}): start it, or name another by --registry."
                : $"cosign could not {doing} {what.Short} in {host} ({reason}): run the command again once that is mended."
        );
    }

    /// <summary>The reference goes to cosign as it is: a KMS, a cluster's secret, a hardware token.</summary>
    public static bool IsUri(string reference) =>
        reference.Contains("://", StringComparison.Ordinal)
        || reference.StartsWith("pkcs11:", StringComparison.Ordinal);

    private static bool Says(CommandResult result, string[] words) =>
        words.Any(w => result.Error.Contains(w, StringComparison.Ordinal));
}
