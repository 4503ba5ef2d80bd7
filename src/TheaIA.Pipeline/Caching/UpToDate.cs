namespace TheaIA.Pipeline;

/// <summary>
/// Whether a target would do again what it did already: by content, never by time stamps. What it made
/// elsewhere of the same comes from the cache folder, if there is one.
/// </summary>
internal sealed class UpToDate : IDisposable
{
    private readonly string _program;
    private readonly TimeProvider _time;
    private readonly Partition _partition;
    private readonly FileHashes _hashes;
    private readonly WorkTree _tree;
    private readonly FingerprintRecords _records;
    private readonly OutputCache? _cache;
    private readonly RunScope _scope;
    private readonly Action<string> _remark;

    /// <param name="scope">The run.</param>
    /// <param name="program">The build program's own hash.</param>
    /// <param name="hashes">Knows the files that did not change; kept when this is disposed.</param>
    /// <param name="remark">Takes a sentence about a cache that cannot be used.</param>
    public UpToDate(RunScope scope, string program, FileHashes hashes, Action<string> remark)
    {
        _scope = scope;
        _remark = sentence => remark(scope.Mask.Mask(sentence));
        _program = program;
        _time = scope.Time;
        _partition = scope.Partition;
        _hashes = hashes;
        _tree = new(scope.Root, _hashes);
        _records = new(scope.Root, scope.Mask, _remark);
        var options = scope.Parameters.Options;
        _cache = options.Cache is { } folder
            ? new(
                new(Path.Combine(scope.Root.ToString(), folder)),
                _tree,
                options.CacheSize,
                scope.Time,
                _remark
            )
            : null;
    }

    /// <summary>Null: the target always runs.</summary>
    /// <exception cref="OperationCanceledException">While its outputs were restored.</exception>
    public Question? Ask(ExecutableTarget target, CancellationToken stop)
    {
        var said = target.Definition;
        if (said.IsEffect || (said.Inputs.Length == 0 && said.InputKeys.Length == 0))
        {
            return null;
        }

        var now = Fingerprint.Take(target, _program, _partition, _tree);
        var answer = Answer(target, now, stop);
        return NoFile(said, now) is { } odd ? answer.With(odd) : answer;
    }

    /// <summary>Held while a target works: it may change the tree under the others.</summary>
    public IDisposable Working() => _tree.Changing();

    /// <summary>Keeps a success for the next run, and its outputs for the cache.</summary>
    public void Remember(ExecutableTarget target, Fingerprint made, string? figure)
    {
        var said = target.Definition;
        var record = Record(made, _time.GetUtcNow(), figure, _tree.Find(said.Outputs));
        target.NotMade = Missing(said, record.Outputs);
        _records.Write(target.Name, record);
        if (
            IsCached(said)
            && target.NotMade is null
            // edited while the target worked: nobody knows what its outputs are made of
            && Fingerprint.Difference(made.Inputs, _tree.Find(said.Inputs)).Count == 0
            // last, since it reads them all
            && !HoldsSecret(target, record.Outputs)
        )
        {
            _cache!.Store(made.CacheKey(), record);
        }
    }

    /// <summary>A cache has names and contents of files as they are, so that it gets none with a secret.</summary>
    private bool HoldsSecret(ExecutableTarget target, Dictionary<string, string> outputs)
    {
        var found =
            _scope.Mask.Having(outputs.Keys).Count > 0 ? "the path of an output holds a secret"
            : outputs.Keys.FirstOrDefault(IsSecretIn) is { } path ? $"{path} holds a secret"
            : null;
        if (found is not null)
        {
            _remark($"The cache does not keep {target.Name}: {found}.");
        }

        return found is not null;
    }

    private bool IsSecretIn(string path)
    {
        var full = new FileInfo(Path.Combine(_scope.Root.ToString(), path));
        return full.LinkTarget is { } link
            ? _scope.Mask.Mask(link) != link
            : full.Exists && _scope.Mask.IsIn(full.FullName);
    }

    /// <summary>What is made anew stands no longer: if that fails, the older success must not answer for it.</summary>
    public void Forget(ExecutableTarget target, Question? question)
    {
        if (question is null)
        {
            return;
        }

        _records.Delete(target.Name);
        if (IsCached(target.Definition))
        {
            _cache!.Drop(question.Now.CacheKey());
        }
    }

    public void Dispose()
    {
        _hashes.Save();
        _cache?.Prune();
    }

    /// <summary>Why a target runs whose output is not there.</summary>
    public static string OutputMissing(string path) => $"output missing: {path}";

    private Question Answer(ExecutableTarget target, Fingerprint now, CancellationToken stop)
    {
        if (target.IsRerun)
        {
            return new(now, "asked for by --rerun", null);
        }

        var said = target.Definition;
        var record = _records.Read(target.Name);
        var reason = record is null ? "" : Reason(said, now, record);
        return reason is null ? new(now, null, new(record!.When, Made.Here, record.Figure))
            : IsCached(said) && _cache!.Restore(now.CacheKey(), Own(target), stop) is { } restored
                ? new(now, null, Keep(target, now, restored))
            : new(now, reason, null);
    }

    /// <summary>Inputs that name no file at all are most likely mistyped. Null: they name some.</summary>
    private static string? NoFile(TargetDefinition said, Fingerprint now) =>
        said.Inputs.Length > 0 && now.Inputs.Count == 0
            ? $"no file matches {string.Join(", ", said.Inputs.Where(glob => !glob.StartsWith('!')))}"
            : null;

    /// <summary>Its outputs, with those that others declare too: a restore leaves them alone.</summary>
    private OwnOutputs Own(ExecutableTarget target)
    {
        var theirs = _scope
            .Targets!.All.Where(t => t != target && t.Definition.Outputs.Length > 0)
            .Select(t => _tree.Patterns(t.Definition.Outputs))
            .ToList();
        return new(
            target.Definition.Outputs,
            path => theirs.Exists(patterns => patterns.IsMatch(path))
        );
    }

    private bool IsCached(TargetDefinition said) =>
        _cache is not null && said is { Outputs.Length: > 0, IsUncached: false };

    private Made Keep(ExecutableTarget target, Fingerprint now, RestoredOutputs restored)
    {
        _records.Write(target.Name, Record(now, restored.When, restored.Figure, restored.Outputs));
        return new(restored.When, Made.Elsewhere, restored.Figure)
        {
            Remark = restored.Removed switch
            {
                0 => null,
                1 => "removed 1 file that it had not made",
                var count => $"removed {count} files that it had not made",
            },
        };
    }

    private static FingerprintRecord Record(
        Fingerprint of,
        DateTimeOffset when,
        string? figure,
        Dictionary<string, string> outputs
    ) =>
        new()
        {
            When = when,
            Program = of.Program,
            Keys = of.Keys,
            Inputs = of.Inputs,
            Outputs = outputs,
            Figure = figure,
        };

    private string? Reason(TargetDefinition said, Fingerprint now, FingerprintRecord record)
    {
        if (now.DiffersBesidesFiles(record) is { } changed)
        {
            return $"changed: {changed}";
        }

        if (Difference(record.Inputs, now.Inputs) is { Count: > 0 } inputs)
        {
            return $"changed: {First(inputs)}{(IsOwnOutput(said, inputs) ? ", its own output" : "")}";
        }

        var outputs = _records.Hidden(_tree.Find(said.Outputs));
        if (Missing(said, outputs) is { } missing)
        {
            return OutputMissing(missing);
        }

        foreach (var path in record.Outputs.Keys)
        {
            if (!outputs.ContainsKey(path))
            {
                return OutputMissing(FingerprintRecords.Shown(path));
            }
        }

        return Difference(record.Outputs, outputs) is { Count: > 0 } other
            ? $"output changed: {First(other)}"
            : null;
    }

    /// <summary>An output that is not there; where none at all is, the first glob. Null: there are some.</summary>
    private string? Missing(TargetDefinition said, Dictionary<string, string> outputs) =>
        _tree.Missing(said.Outputs)
        ?? (outputs.Count == 0 ? said.Outputs.FirstOrDefault(IsNoFolder) : null);

    private bool IsNoFolder(string glob) =>
        !glob.StartsWith('!') && !Directory.Exists(Path.Join(_scope.Root.ToString(), glob));

    /// <summary>The paths that differ from those of a record, for a person.</summary>
    private List<string> Difference(
        Dictionary<string, string> recorded,
        Dictionary<string, string> now
    ) =>
        Fingerprint.Difference(recorded, _records.Hidden(now)).ConvertAll(FingerprintRecords.Shown);

    private bool IsOwnOutput(TargetDefinition said, List<string> changed) =>
        said.Outputs.Length > 0
        && _tree.Patterns(said.Outputs) is var own
        && changed.TrueForAll(own.IsMatch);

    private static string First(List<string> paths) =>
        paths.Count == 1 ? paths[0] : $"{paths[0]} and {paths.Count - 1} more";
}

/// <summary>What a target's result rests on now, and whether it stands already.</summary>
/// <param name="Now">What it rests on.</param>
/// <param name="Reason">Why the target runs; empty: it never succeeded here. Null: it stands.</param>
/// <param name="Made">What stands. Null: the target runs.</param>
internal sealed record Question(Fingerprint Now, string? Reason, Made? Made)
{
    /// <summary>The same, and what is odd about it, to be told in any case.</summary>
    public Question With(string remark) =>
        Made is null
            ? this with
            {
                Reason = Reason is { Length: > 0 } ? $"{remark}; {Reason}" : remark,
            }
            : this with
            {
                Made = Made with
                {
                    Remark = Made.Remark is { } before ? $"{remark}; {before}" : remark,
                },
            };
}

/// <summary>A result that stands already.</summary>
/// <param name="When">When the target made it.</param>
/// <param name="Words">How that is told, less the time: <see cref="Here"/>.</param>
/// <param name="Figure">The figure that the target told then.</param>
internal sealed record Made(DateTimeOffset When, string Words, string? Figure)
{
    /// <summary>What is odd about it; null: nothing.</summary>
    public string? Remark { get; init; }

    /// <summary>All that is told of it, less the time.</summary>
    public string Told => Remark is null ? Words : $"{Remark}; {Words}";

    public const string Here = "up to date: unchanged since";
    public const string Elsewhere = "restored from the cache, made";

    /// <summary>It came from the cache, so that others may find another tree than before.</summary>
    public bool IsRestored => Words == Elsewhere;
}
