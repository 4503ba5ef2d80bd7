using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using TheaIA.Abstractions;

namespace TheaIA.Toolchains;

/// <summary>Reads Cobertura files and merges them: a line that any of them saw run was run.</summary>
public static class Cobertura
{
    /// <summary>Reads the files of several test projects.</summary>
    /// <param name="root">The checkout; only files below its <c>src/</c> count.</param>
    /// <param name="files">The files.</param>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: a file is cut off or is not Cobertura.</exception>
    public static CoverageReport Read(string root, params IReadOnlyList<string> files)
    {
        var merged = new SortedDictionary<string, SortedDictionary<int, long>>(
            StringComparer.Ordinal
        );
        foreach (var file in files)
        {
            var report = Load(file);
            var sources = report.Descendants("source").Select(s => s.Value).ToList();
            foreach (var type in report.Descendants("class"))
            {
                var named = (string?)type.Attribute("filename") ?? "";
                if (Relative(Path.GetFullPath(root), sources, named) is not { } path)
                {
                    continue;
                }
                if (!merged.TryGetValue(path, out var lines))
                {
                    merged[path] = lines = [];
                }
                foreach (var line in type.Descendants("line"))
                {
                    var number = (int)Number(line, "number");
                    lines[number] = Math.Max(lines.GetValueOrDefault(number), Number(line, "hits"));
                }
            }
        }
        return new CoverageReport([
            .. merged.Where(f => f.Value.Count > 0).Select(f => new FileCoverage(f.Key, f.Value)),
        ]);
    }

    private static XElement Load(string file)
    {
        try
        {
            // the file may name a DTD on the web: it is not fetched
            using var reader = XmlReader.Create(
                file,
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null }
            );
            var report = XDocument.Load(reader).Root!;
            return report.Name == "coverage" ? report : throw new XmlException();
        }
        catch (Exception broken) when (broken is XmlException or FileNotFoundException)
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"{file} holds no coverage (missing, cut off or not Cobertura): run ./build.sh Test again.",
                broken
            );
        }
    }

    private static long Number(XElement line, string name) =>
        long.Parse((string?)line.Attribute(name) ?? "0", CultureInfo.InvariantCulture);

    /// <summary>
    /// The path below the checkout; null when it is not below src/. A name is absolute, or relative to
    /// one of the sources, and the report does not say to which: the one where the file is.
    /// </summary>
    private static string? Relative(string root, List<string> sources, string named)
    {
        var candidates = sources
            .Append(root)
            .Select(source => Path.GetFullPath(Path.Combine(root, source, named)))
            .ToList();
        var file = candidates.Find(File.Exists) ?? candidates[0];
        var path = Path.GetRelativePath(root, file).Replace('\\', '/');
        return path.StartsWith("src/", StringComparison.Ordinal) ? path : null;
    }
}
