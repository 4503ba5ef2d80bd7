using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TheaIA.Delivery.Local.State;

namespace TheaIA.Delivery.Local.Platform;

/// <summary>The front's program, copied away from build output: a build must not change what runs.</summary>
internal static class FrontFiles
{
    public const string Program = Name + ".dll";
    private const string Name = "TheaIA.Front";

    /// <summary>The copy under $THEAIA_STATE/front, made when there is none of these very files.</summary>
    /// <param name="stateRoot">$THEAIA_STATE.</param>
    /// <param name="source">Where this program runs from.</param>
    /// <returns>The path of the program in the copy.</returns>
    public static string Copy(string stateRoot, string source)
    {
        var names = Names(source);
        var copy = Path.Combine(stateRoot, "front", HashOf(source, names));
        if (!Directory.Exists(copy))
        {
            var aside = $"{copy}.{Environment.ProcessId}.new";
            Durable.CreateDirectory(aside);
            foreach (var name in names)
            {
                File.Copy(Path.Combine(source, name), Path.Combine(aside, name), overwrite: true);
            }
            Durable.Sync(aside);
            Directory.Move(aside, copy);
            Durable.Sync(Path.GetDirectoryName(copy)!);
        }
        return Path.Combine(copy, Program);
    }

    private static string[] Names(string source)
    {
        using var depends = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(source, $"{Name}.deps.json"))
        );
        var assemblies =
            from target in depends.RootElement.GetProperty("targets").EnumerateObject()
            from library in target.Value.EnumerateObject()
            where library.Value.TryGetProperty("runtime", out _)
            from assembly in library.Value.GetProperty("runtime").EnumerateObject()
            select Path.GetFileName(assembly.Name);
        return
        [
            .. assemblies
                .Concat([Program, $"{Name}.deps.json", $"{Name}.runtimeconfig.json"])
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string HashOf(string source, string[] names)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in names)
        {
            var content = File.ReadAllBytes(Path.Combine(source, name));
            hash.AppendData(Encoding.UTF8.GetBytes($"{name} {content.Length}\n"));
            hash.AppendData(content);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
