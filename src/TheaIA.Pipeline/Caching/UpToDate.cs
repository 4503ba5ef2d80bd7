using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TheaIA.Pipeline;

/// <summary>Whether a target would do again what it did already; by content, never by time stamps.</summary>
internal sealed class UpToDate(AbsolutePath root, string program, TimeProvider time)
{
    private readonly string _folder = (root / ".nuke" / "temp" / "fingerprints").ToString();

    /// <summary>Null: the target always runs. Reason null: it is up to date; empty: it never succeeded here.</summary>
    public Question? Ask(ExecutableTarget target)
    {
        var said = target.Definition;
        if (said.IsEffect || said.Inputs.Count == 0)
        {
            return null;
        }

        var keys = said.InputKeys.ConvertAll(key => Hash(key() ?? ""));
        var inputs = FileSet.Hash(root, said.Inputs);
        var record = Read(target);
        return new Question(keys, inputs, record, Reason(said, keys, inputs, record));
    }

    public void Remember(ExecutableTarget target, Question question, RunningTarget running)
    {
        var record = new FingerprintRecord
        {
            When = time.GetUtcNow(),
            Program = program,
            Keys = question.Keys,
            Inputs = question.Inputs,
            Outputs = FileSet.Hash(root, target.Definition.Outputs),
            Figure = running.FigureText,
        };
        Directory.CreateDirectory(_folder);
        var path = PathOf(target);
        var aside = $"{path}.{Environment.ProcessId}";
        File.WriteAllBytes(
            aside,
            JsonSerializer.SerializeToUtf8Bytes(record, FingerprintJson.Default.FingerprintRecord)
        );
        File.Move(aside, path, overwrite: true);
    }

    private string? Reason(
        TargetDefinition said,
        List<string> keys,
        SortedDictionary<string, string> inputs,
        FingerprintRecord? record
    )
    {
        if (record is null)
        {
            return "";
        }

        if (record.Program != program)
        {
            return "changed: the build program";
        }

        if (!record.Keys.SequenceEqual(keys))
        {
            return "changed: an input key";
        }

        if (Difference(record.Inputs, inputs) is { } changed)
        {
            return $"changed: {changed}";
        }

        if (FileSet.Missing(root, said.Outputs) is { } missing)
        {
            return $"output missing: {missing}";
        }

        var outputs = FileSet.Hash(root, said.Outputs);
        foreach (var path in record.Outputs.Keys)
        {
            if (!outputs.ContainsKey(path))
            {
                return $"output missing: {path}";
            }
        }

        return Difference(record.Outputs, outputs) is { } other ? $"output changed: {other}" : null;
    }

    /// <summary>The first path that differs, and how many more do; null: all are the same.</summary>
    private static string? Difference(
        SortedDictionary<string, string> before,
        SortedDictionary<string, string> now
    )
    {
        var different = now.Where(f => before.GetValueOrDefault(f.Key) != f.Value)
            .Select(f => f.Key)
            .Concat(before.Keys.Where(path => !now.ContainsKey(path)))
            .ToList();
        return different.Count switch
        {
            0 => null,
            1 => different[0],
            var count => $"{different[0]} and {count - 1} more",
        };
    }

    private FingerprintRecord? Read(ExecutableTarget target)
    {
        try
        {
            return JsonSerializer.Deserialize(
                File.ReadAllBytes(PathOf(target)),
                FingerprintJson.Default.FingerprintRecord
            );
        }
        catch (Exception none)
            when (none is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            // a record that cannot be read is no record: the target runs and writes a new one
            return null;
        }
    }

    private string PathOf(ExecutableTarget target) => Path.Combine(_folder, target.Name + ".json");

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>What a target's result rests on now, what it rested on, and what differs.</summary>
internal sealed record Question(
    List<string> Keys,
    SortedDictionary<string, string> Inputs,
    FingerprintRecord? Record,
    string? Reason
);
