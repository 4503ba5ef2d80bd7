using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TheaIA.Delivery.Tests.Evidence;

/// <summary>A folder of evidence in the hands of somebody else, and its verify.sh really run.</summary>
internal sealed class VerifiedFolder(string root)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
    private static readonly JsonSerializerOptions OneLine = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Set in the environment of bash.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public string this[string path] => Path.Combine(root, path);

    public JsonNode Json(string path) => JsonNode.Parse(File.ReadAllText(this[path]))!;

    public void Write(string path, JsonNode json) =>
        File.WriteAllText(this[path], json.ToJsonString(Indented));

    /// <summary>Changes text in a file, which must be there.</summary>
    public void Change(string path, string from, string to)
    {
        var text = File.ReadAllText(this[path]);
        text.ShouldContain(from);
        File.WriteAllText(this[path], text.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>Changes one byte.</summary>
    public void Damage(string path)
    {
        var bytes = File.ReadAllBytes(this[path]);
        bytes[^2] ^= 1;
        File.WriteAllBytes(this[path], bytes);
    }

    /// <summary>Changes an envelope.</summary>
    public void Reseal(string path, Action<JsonNode> change)
    {
        var envelope = Json(path);
        change(envelope);
        File.WriteAllText(this[path], envelope.ToJsonString(OneLine) + "\n");
    }

    /// <summary>Brings index.json up to the files: what a liar who knows this tool would do as well.</summary>
    public void Relist()
    {
        var index = Json("index.json");
        index["files"] = new JsonArray([
            .. Directory
                .EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Select(f => (Full: f, Path: Path.GetRelativePath(root, f)))
                .Where(f => f.Path != "index.json")
                .OrderBy(f => f.Path, StringComparer.Ordinal)
                .Select(f => new JsonObject
                {
                    ["path"] = f.Path,
                    ["sha256"] = Convert.ToHexStringLower(
                        SHA256.HashData(File.ReadAllBytes(f.Full))
                    ),
                    ["size"] = new FileInfo(f.Full).Length,
                }),
        ]);
        Write("index.json", index);
    }

    public VerifiedFolder MoveTo(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Directory.Move(root, path);
        return new VerifiedFolder(path);
    }

    public Task<(int ExitCode, string Output)> VerifyAsync(params string[] keys) =>
        BashAsync([this["verify.sh"], .. keys], "/");

    public Task<(int ExitCode, string Output)> ScriptAsync(string script) =>
        BashAsync(["-euo", "pipefail", "-c", script], root);

    private async Task<(int ExitCode, string Output)> BashAsync(string[] arguments, string from)
    {
        Real.Need("openssl");
        var cancel = SignedRelease.Cancel;
        var start = new ProcessStartInfo(Real.Need("bash"), arguments)
        {
            WorkingDirectory = from,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var error = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, await output + await error);
    }
}
