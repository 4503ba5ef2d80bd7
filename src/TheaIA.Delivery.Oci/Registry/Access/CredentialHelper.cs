using System.Text.Json;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Oci.Registry.Access;

/// <summary>A program that keeps logins: <c>docker-credential-NAME get</c> (docker-credential-helpers, README).</summary>
/// <param name="runner">Runs it. What it prints is a password.</param>
/// <param name="name">NAME.</param>
internal sealed class CredentialHelper(IRunner runner, string name)
{
    // what it prints when it has none; a text of the protocol, not of a person
    private const string NotFound = "credentials not found";
    private const string TokenUser = "<token>";

    private string Program => $"docker-credential-{name}";

    /// <summary>The login that it keeps; null when it has none.</summary>
    /// <param name="key">Under which name Docker keeps it.</param>
    /// <param name="cancel">Ends the helper.</param>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: there is no such program; <see cref="Outcome.Failed"/>: it failed.
    /// </exception>
    public async Task<Login?> LoginAsync(string key, CancellationToken cancel)
    {
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"'{name}', which Docker's config.json names for {key}, is no credential helper: mend it, or docker login {key} anew."
            );
        }
        CommandResult result;
        try
        {
            result = await runner.RunAsync(
                new Command(Program, "get") { Input = key, PrintsSecret = true },
                line: null,
                cancel
            );
        }
        catch (OutcomeException missing) when (missing.Outcome == Outcome.Wrong)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"{Program}, which Docker's config.json names for {key}, is not here: install it, or take it out of there and docker login {key}.",
                missing
            );
        }
        return result.ExitCode == 0 ? Read(result.Output, key)
            : $"{result.Output}{result.Error}".Contains(
                NotFound,
                StringComparison.OrdinalIgnoreCase
            )
                ? null
            : throw new OutcomeException(
                Outcome.Failed,
                $"{Program} ended with exit code {result.ExitCode} when asked for the login of {key}: docker login {key} shows why."
            );
    }

    private Login? Read(string output, string key)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            var user = document.RootElement.GetProperty("Username").GetString() ?? "";
            var password = document.RootElement.GetProperty("Secret").GetString() ?? "";
            return user.Length == 0 && password.Length == 0
                ? null
                : new Login(user, new Secret(password), Program)
                {
                    IsIdentityToken = user == TokenUser,
                };
        }
        // without the parser's exception: it may quote what it could not read
        catch (Exception strange)
            when (strange is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"{Program} did not answer with a login when asked for {key}: docker login {key} shows why."
            );
        }
    }
}
