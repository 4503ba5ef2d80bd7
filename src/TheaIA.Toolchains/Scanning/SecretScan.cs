using TheaIA.Abstractions;

namespace TheaIA.Toolchains;

/// <summary>Looks for secrets in commits and in folders (mission rows M12, M18), by gitleaks.</summary>
/// <param name="runner">Runs gitleaks and git.</param>
/// <param name="root">The checkout, whose .gitleaks.toml and .gitleaksignore hold for both.</param>
/// <param name="temporaryDirectory">A folder of this run; made when needed. The reports do not stay there.</param>
public sealed class SecretScan(IRunner runner, string root, string temporaryDirectory)
{
    private const string Ignored = ".gitleaksignore";
    private const string Missing = "gitleaks is not here: eng/components.sh gitleaks installs it.";

    /// <summary>Looks at what commits added.</summary>
    /// <param name="range">A range as git takes it. Null: all of HEAD's history.</param>
    /// <param name="cancel">Ends the scan.</param>
    /// <returns>
    /// Unknown, with what was found all the same: no commit in the range, a shallow clone where all of the
    /// history was wanted, gitleaks or git failed.
    /// </returns>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: gitleaks or git is missing, or git knows no such range.
    /// </exception>
    public async Task<ScanReport> CommitsAsync(string? range, CancellationToken cancel)
    {
        var commits = await CommitRange.OfAsync(
            runner,
            root,
            range ?? CommitRange.Everything,
            cancel
        );
        var source =
            $"gitleaks over {Figures.Count(commits.Count, "commit")}"
            + (range is null ? "" : $" of {range}")
            + (commits.Shallow ? ", in a shallow clone" : "");
        if (commits.Count == 0)
        {
            return new ScanReport(source, [])
            {
                Unknown = $"there is no commit in {commits.Range}",
            };
        }
        var report = await RunAsync(
            file => Gitleaks.Commits(root, commits.Range, file),
            source,
            cancel
        );
        return range is null && commits.Shallow && report.Unknown is null
            ? report with
            {
                Unknown =
                    "this clone is shallow, and nobody looked at the commits that are not in it: "
                    + "run git fetch --unshallow",
            }
            : report;
    }

    /// <summary>Looks at a folder: the unpacked layers of an image.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="what">What it is, for the source: <c>the layer sha256:4be1f0aa9c02</c>.</param>
    /// <param name="cancel">Ends the scan.</param>
    /// <returns>
    /// Unknown, with what was found all the same: there is no file in it, it brings exceptions of its own, or
    /// gitleaks failed. A fingerprint in the checkout's .gitleaksignore (<c>app/a.json:RULE:LINE</c>) is heeded.
    /// </returns>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: gitleaks is missing.</exception>
    public async Task<ScanReport> FolderAsync(string folder, string what, CancellationToken cancel)
    {
        var files = CountFiles(folder, cancel);
        var source = $"gitleaks over {Figures.Count(files, "file")} of {what}";
        if (files == 0)
        {
            return new ScanReport(source, []) { Unknown = "there is no file in it" };
        }
        if (File.Exists(Path.Combine(folder, Ignored)))
        {
            return new ScanReport(source, [])
            {
                Unknown = $"it has a {Ignored} of its own, which would hide what it names",
            };
        }
        Directory.CreateDirectory(temporaryDirectory);
        var own = Path.Combine(root, ".gitleaks.toml");
        var rules = File.Exists(own) ? own : Fresh("toml");
        try
        {
            if (rules != own)
            {
                await File.WriteAllTextAsync(rules, Gitleaks.DefaultRules, cancel);
            }
            var report = await RunAsync(
                file => Gitleaks.Folder(folder, rules, file),
                source,
                cancel
            );
            return report with { Findings = Heeding(report.Findings) };
        }
        finally
        {
            if (rules != own)
            {
                File.Delete(rules);
            }
        }
    }

    private async Task<ScanReport> RunAsync(
        Func<string, Command> command,
        string source,
        CancellationToken cancel
    )
    {
        Directory.CreateDirectory(temporaryDirectory);
        var file = Fresh("json");
        try
        {
            var result = await runner.RunAsync(command(file), cancel: cancel);
            return GitleaksReport.Read(
                source,
                result,
                File.Exists(file) ? await File.ReadAllTextAsync(file, cancel) : null
            );
        }
        catch (OutcomeException missing) when (missing.Outcome == Outcome.Wrong)
        {
            throw new OutcomeException(Outcome.Wrong, Missing, missing);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private IReadOnlyList<ScanFinding> Heeding(IReadOnlyList<ScanFinding> findings)
    {
        var file = Path.Combine(root, Ignored);
        if (!File.Exists(file))
        {
            return findings;
        }
        var ignored = File.ReadLines(file).Select(l => l.Trim()).ToHashSet(StringComparer.Ordinal);
        return [.. findings.Where(f => !ignored.Contains(f.Id))];
    }

    private string Fresh(string extension) =>
        Path.Combine(
            Path.GetFullPath(temporaryDirectory),
            $"gitleaks-{Path.GetRandomFileName()}.{extension}"
        );

    // links are left alone: gitleaks does not follow them either
    private static int CountFiles(string folder, CancellationToken cancel)
    {
        var count = 0;
        var files = new DirectoryInfo(folder).EnumerateFiles(
            "*",
            new EnumerationOptions
            {
                RecurseSubdirectories = true,
                AttributesToSkip = FileAttributes.ReparsePoint,
            }
        );
        foreach (var file in files)
        {
            cancel.ThrowIfCancellationRequested();
            count += file.Length > 0 ? 1 : 0;
        }
        return count;
    }
}
