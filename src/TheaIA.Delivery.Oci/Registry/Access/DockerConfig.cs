using System.Text;
using System.Text.Json;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Oci.Registry.Access;

/// <summary>What <c>docker login</c> keeps: config.json in $DOCKER_CONFIG, else in ~/.docker.</summary>
internal sealed class DockerConfig
{
    private readonly JsonElement root;
    private readonly string path;

    private DockerConfig(JsonElement root, string path) => (this.root, this.path) = (root, path);

    /// <summary>Reads it; null when there is none.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: it cannot be read, or is no JSON object.</exception>
    public static DockerConfig? Read(Func<string, string?> variable)
    {
        var folder =
            variable("DOCKER_CONFIG") is { Length: > 0 } named ? named
            : (variable("HOME") ?? variable("USERPROFILE")) is { Length: > 0 } home
                ? Path.Combine(home, ".docker")
            : null;
        if (folder is null)
        {
            return null;
        }
        var path = Path.Combine(folder, "config.json");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new DockerConfig(document.RootElement.Clone(), path)
                : throw new JsonException("it is no object");
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception wrong)
            when (wrong is JsonException or IOException or UnauthorizedAccessException)
        {
            // the parser's words may quote a piece of the file, and that may be of a password
            var why = wrong is JsonException json
                ? $"no JSON object, line {(json.LineNumber ?? 0) + 1}"
                : wrong.Message.TrimEnd('.');
            throw new OutcomeException(
                Outcome.Wrong,
                $"{path} holds the logins to registries and cannot be read ({why}): mend it, or move it away and docker login anew.",
                wrong
            );
        }
    }

    /// <summary>The helper that keeps the login of a registry: NAME of <c>docker-credential-NAME</c>.</summary>
    public string? HelperOf(string key)
    {
        var own =
            root.TryGetProperty("credHelpers", out var helpers)
            && helpers.ValueKind == JsonValueKind.Object
                ? Text(helpers, key)
                : null;
        return own ?? Text(root, "credsStore");
    }

    /// <summary>The login that the file itself keeps for a registry.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: it is no base64 of USER:PASSWORD.</exception>
    public Login? LoginOf(string key)
    {
        if (
            !root.TryGetProperty("auths", out var auths)
            || auths.ValueKind != JsonValueKind.Object
            || Entry(auths, key) is not { ValueKind: JsonValueKind.Object } entry
        )
        {
            return null;
        }
        var (user, password) = Text(entry, "auth") is { } auth
            ? Decode(auth, key)
            : (Text(entry, "username"), Text(entry, "password"));
        if (Text(entry, "identitytoken") is { } token)
        {
            return new Login(user ?? "<token>", new Secret(token), path) { IsIdentityToken = true };
        }
        return user is null || password is null
            ? null
            : new Login(user, new Secret(password), path);
    }

    // older clients wrote https://HOST/v1/ for HOST
    private static JsonElement? Entry(JsonElement auths, string key)
    {
        if (auths.TryGetProperty(key, out var exact))
        {
            return exact;
        }
        foreach (var entry in auths.EnumerateObject())
        {
            if (HostOf(entry.Name) == HostOf(key))
            {
                return entry.Value;
            }
        }
        return null;
    }

    private static string HostOf(string key)
    {
        var scheme = key.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? key : key[(scheme + 3)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? rest : rest[..slash];
    }

    private (string? User, string? Password) Decode(string auth, string key)
    {
        var bytes = new byte[auth.Length];
        var colon = -1;
        var text = "";
        if (Convert.TryFromBase64String(auth, bytes, out var length))
        {
            // Docker itself pads with NUL
            text = Encoding.UTF8.GetString(bytes, 0, length).TrimEnd('\0');
            colon = text.IndexOf(':', StringComparison.Ordinal);
        }
        return colon > 0
            ? (text[..colon], text[(colon + 1)..])
            : throw new OutcomeException(
                Outcome.Wrong,
                $"The login of {key} in {path} is no base64 of USER:PASSWORD: docker login {key} writes it anew."
            );
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
