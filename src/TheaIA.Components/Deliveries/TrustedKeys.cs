using System.Text.Json;
using TheaIA.Delivery;

namespace TheaIA.Components;

/// <summary>Keys and identities whose signatures count, as files and people write them.</summary>
internal static class TrustedKeys
{
    private const string Property = "trustedKeys";

    /// <summary>A key as it was typed: a file, by its full path or relative to the checkout, or a KMS URI.</summary>
    public static TrustedKey Of(string key, AbsolutePath root) =>
        new(Path.GetFileName(key))
        {
            Key = key.Contains("://", StringComparison.Ordinal) ? key : Path.GetFullPath(key, root),
        };

    /// <summary>Those of a policy file; files are relative to the checkout.</summary>
    /// <exception cref="InvalidOperationException">The list is not as it should be.</exception>
    public static IReadOnlyList<TrustedKey> Read(JsonElement policy, AbsolutePath root, string file)
    {
        if (!policy.TryGetProperty(Property, out var keys))
        {
            return [];
        }
        return [.. keys.EnumerateArray().Select(k => One(k, root, file))];
    }

    private static TrustedKey One(JsonElement key, AbsolutePath root, string file) =>
        key.ValueKind switch
        {
            JsonValueKind.String when key.GetString() is { Length: > 0 } text => Of(text, root) with
            {
                Name = text,
            },
            JsonValueKind.Object => new($"identity in {file}")
            {
                Identity = Text(key, "identity"),
                Issuer = Text(key, "issuer"),
            },
            _ => throw new InvalidOperationException("a trusted key is a file or an identity"),
        };

    private static string Text(JsonElement key, string name) =>
        key.GetProperty(name).GetString() is { Length: > 0 } text
            ? text
            : throw new InvalidOperationException($"{name} is empty");
}
