using System.Buffers.Text;
using System.Text.RegularExpressions;
using TheaIA.Delivery.Oci.Signing.Reading;

namespace TheaIA.Delivery.Oci.Signing;

/// <summary>
/// Who signs keyless, as the certificate will say: what was signed is verified at once, and by nobody
/// else's name (Fulcio, oidc.md).
/// </summary>
internal static class CiIdentity
{
    public const string RequestVariable = "ACTIONS_ID_TOKEN_REQUEST_URL";
    public const string TokenVariable = "SIGSTORE_ID_TOKEN";

    private const string ActionsIssuer = "https://token.actions.githubusercontent.com";

    /// <summary>The identity; null: there is none here.</summary>
    /// <param name="environment">Reads a variable.</param>
    public static TrustedKey? Find(Func<string, string?> environment)
    {
        if (environment(TokenVariable) is { Length: > 0 } token)
        {
            return OfToken(token);
        }
        return
            environment(RequestVariable) is { Length: > 0 }
            && environment("GITHUB_WORKFLOW_REF") is { Length: > 0 } workflow
            ? Named(
                $"{environment("GITHUB_SERVER_URL") ?? "https://github.com"}/{workflow}",
                ActionsIssuer
            )
            : null;
    }

    /// <summary>By the claims of a token, which stays unread otherwise; null: it is none.</summary>
    private static TrustedKey? OfToken(string token)
    {
        if (
            token.Split('.') is not [_, var body, _]
            || !Base64Url.IsValid(body)
            || JsonReading.Object(Base64Url.DecodeFromChars(body)) is not { } claims
            || claims.Text("iss") is not { Length: > 0 } issuer
        )
        {
            return null;
        }
        var subject =
            issuer == ActionsIssuer
                ? claims.Text("job_workflow_ref") is { } workflow
                    ? $"https://github.com/{workflow}"
                    : null
                : claims.Text("email") ?? claims.Text("sub");
        return subject is { Length: > 0 } ? Named(subject, issuer) : null;
    }

    private static TrustedKey Named(string identity, string issuer) =>
        new(identity) { Identity = Regex.Escape(identity), Issuer = issuer };
}
