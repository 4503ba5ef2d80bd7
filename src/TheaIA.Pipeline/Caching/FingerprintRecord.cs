using System.Text.Json;
using System.Text.Json.Serialization;

namespace TheaIA.Pipeline;

/// <summary>What a target's success rested on; kept in <c>.nuke/temp/fingerprints/TARGET.json</c>.</summary>
internal sealed record FingerprintRecord
{
    public required DateTimeOffset When { get; init; }

    /// <summary>The build program's own hash.</summary>
    public required string Program { get; init; }

    public required IReadOnlyList<KeyHash> Keys { get; init; }

    /// <summary>Hashes by path relative to the root.</summary>
    public required Dictionary<string, string> Inputs { get; init; }
    public required Dictionary<string, string> Outputs { get; init; }

    /// <summary>The figure that the target told, to be shown again.</summary>
    public string? Figure { get; init; }
}

/// <summary>A value besides files. Only its SHA-256 is kept, since it may be secret.</summary>
internal sealed record KeyHash(string Name, string Hash);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true
)]
[JsonSerializable(typeof(FingerprintRecord))]
internal sealed partial class FingerprintJson : JsonSerializerContext;

/// <summary>The records of a checkout.</summary>
/// <param name="root">The checkout.</param>
/// <param name="mask">Hides secrets in the paths of files.</param>
/// <param name="remark">Takes a sentence about a record that cannot be written.</param>
internal sealed class FingerprintRecords(AbsolutePath root, SecretMask mask, Action<string> remark)
{
    /// <summary>Between the path as it is shown, and the hash of the whole. No path has it.</summary>
    private const char Behind = '\0';

    private readonly string _folder = (root / ".nuke" / "temp" / "fingerprints").ToString();

    /// <summary>A record that cannot be read is none: the target runs and writes a new one.</summary>
    public FingerprintRecord? Read(string target)
    {
        try
        {
            return JsonSerializer.Deserialize(
                File.ReadAllBytes(PathOf(target)),
                FingerprintJson.Default.FingerprintRecord
            );
        }
        catch (Exception none)
            when (none is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps a record; where it cannot, the target has done its work all the same.</summary>
    public void Write(string target, FingerprintRecord record)
    {
        try
        {
            Aside.Write(
                PathOf(target),
                JsonSerializer.SerializeToUtf8Bytes(
                    record with
                    {
                        Inputs = Hidden(record.Inputs),
                        Outputs = Hidden(record.Outputs),
                    },
                    FingerprintJson.Default.FingerprintRecord
                )
            );
        }
        catch (Exception lost) when (lost is IOException or UnauthorizedAccessException)
        {
            remark(
                $"What {target} was made of cannot be kept, so that it will run again: {lost.Message}"
            );
        }
    }

    /// <summary>The target's success stands no longer.</summary>
    public void Delete(string target)
    {
        try
        {
            if (File.Exists(PathOf(target)))
            {
                File.Delete(PathOf(target));
            }
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            remark($"What {target} was made of before cannot be forgotten: {kept.Message}");
        }
    }

    /// <summary>Files as records have them: where a path holds a secret, masked and with a hash that tells it apart.</summary>
    public Dictionary<string, string> Hidden(Dictionary<string, string> files)
    {
        var secret = mask.Having(files.Keys);
        if (secret.Count == 0)
        {
            return files;
        }

        var hidden = new Dictionary<string, string>(files.Count, StringComparer.Ordinal);
        foreach (var (path, print) in files)
        {
            var name = secret.TryGetValue(path, out var masked)
                ? $"{masked}{Behind}{ContentHash.OfSecret(path)}"
                : path;
            hidden[name] = print;
        }

        return hidden;
    }

    /// <summary>A record's path for a person.</summary>
    public static string Shown(string path) =>
        path.IndexOf(Behind, StringComparison.Ordinal) is >= 0 and var end ? path[..end] : path;

    private string PathOf(string target) => Path.Combine(_folder, target + ".json");
}
