using System.Text.Json;

namespace TheaIA.Pipeline;

/// <summary>The fields of journal and report: what is not there is left out, names are camel case.</summary>
internal static class JsonFields
{
    public static void Value<T>(this JsonText json, string name, T value)
        where T : struct, Enum => json.Write(name, NameOf(value));

    /// <summary><c>upToDate</c>.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return string.Concat([char.ToLowerInvariant(name[0])], name.AsSpan(1));
    }

    public static string? Text(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString() : null;

    public static IReadOnlyList<string> Texts(this JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];

    /// <exception cref="ArgumentException">It is none of the names.</exception>
    public static T Value<T>(this JsonElement json, string name)
        where T : struct, Enum =>
        Enum.Parse<T>(json.GetProperty(name).GetString()!, ignoreCase: true);
}
