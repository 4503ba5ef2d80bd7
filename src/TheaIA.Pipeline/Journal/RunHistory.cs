namespace TheaIA.Pipeline;

/// <summary>The runs on record: the folders below <c>.nuke/temp/runs</c> that have a journal.</summary>
internal static class RunHistory
{
    public const string Folder = ".nuke/temp/runs";

    /// <summary>The newest first.</summary>
    public static List<RunRecord> All(string root)
    {
        var runs = Path.Combine(root, Folder);
        if (!Directory.Exists(runs))
        {
            return [];
        }

        return
        [
            .. Directory
                .GetDirectories(runs)
                .Select(Read)
                .OfType<RunRecord>()
                .OrderByDescending(r => r.Head.Started)
                .ThenByDescending(r => r.Head.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>What <c>--continue</c> goes on with: the newest that no other run started. Null: none.</summary>
    public static RunRecord? Last(string root) => All(root).Find(r => !r.Head.IsInside);

    /// <summary>Null: there is no journal, or it has no beginning.</summary>
    public static RunRecord? Read(string folder)
    {
        try
        {
            var path = Path.Combine(folder, Journal.FileName);
            return File.Exists(path) ? Fold(Load(path)) : null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // pruned while it was looked at, or not ours to read
            return null;
        }
    }

    /// <summary>Only whole lines count: a run that was killed may leave half a one.</summary>
    private static RunRecord? Fold(ReadOnlyMemory<byte> rest)
    {
        RunRecord? record = null;
        while (rest.Span.IndexOf((byte)'\n') is >= 0 and var end)
        {
            switch (RunEvent.Read(rest[..end]))
            {
                case RunStarted head:
                    record ??= new RunRecord(head);
                    break;
                case { } happened:
                    record?.Apply(happened);
                    break;
                default:
                    break;
            }

            rest = rest[(end + 1)..];
        }

        return record;
    }

    private static byte[] Load(string path)
    {
        using var file = new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete
        );
        var text = new byte[file.Length];
        return text[..file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false)];
    }
}
