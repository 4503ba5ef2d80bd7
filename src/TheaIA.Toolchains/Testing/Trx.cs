using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using TheaIA.Abstractions;

namespace TheaIA.Toolchains;

/// <summary>Reads TRX files, the results that <c>dotnet test</c> writes.</summary>
public static class Trx
{
    private const int StackLines = 3;

    private static readonly XNamespace Ns =
        "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>Reads and adds up the files of several projects.</summary>
    /// <param name="files">The files.</param>
    /// <returns>The sum; <see cref="TestResults.None"/> without files.</returns>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: a file is cut off or is not TRX.</exception>
    public static TestResults Read(params IReadOnlyList<string> files)
    {
        var runs = files.Select(Load).ToList();
        if (runs.Count == 0)
        {
            return TestResults.None;
        }
        var results = runs.SelectMany(r => r.Descendants(Ns + "UnitTestResult")).ToList();
        var outcomes = results.ToLookup(Outcome, StringComparer.Ordinal);
        var skipped = outcomes["NotExecuted"].Count() + outcomes["Inconclusive"].Count();
        var passed = outcomes["Passed"].Count();
        return new TestResults(
            passed,
            [
                .. results
                    .Where(r => Outcome(r) is not ("Passed" or "NotExecuted" or "Inconclusive"))
                    .Select(Failure)
                    .OrderBy(f => f.Name, StringComparer.Ordinal),
            ],
            skipped,
            runs.Max(r => Time(r, "finish")) - runs.Min(r => Time(r, "start"))
        )
        {
            Problems = [.. runs.SelectMany(Problems).Distinct(StringComparer.Ordinal)],
        };
    }

    private static XElement Load(string file)
    {
        try
        {
            var root = XDocument.Load(file).Root!;
            return root.Name == Ns + "TestRun" ? root : throw new XmlException();
        }
        catch (Exception broken) when (broken is XmlException or FileNotFoundException)
        {
            throw new OutcomeException(
                Abstractions.Outcome.Failed,
                $"{file} holds no test results (missing, cut off or not TRX): run ./build.sh Test again.",
                broken
            );
        }
    }

    private static string Outcome(XElement result) => (string?)result.Attribute("outcome") ?? "";

    private static DateTimeOffset Time(XElement run, string which) =>
        DateTimeOffset.Parse(
            (string?)run.Element(Ns + "Times")?.Attribute(which) ?? "0001-01-01Z",
            CultureInfo.InvariantCulture
        );

    private static FailedTest Failure(XElement result)
    {
        var error = result.Descendants(Ns + "ErrorInfo").FirstOrDefault();
        var message = (string?)error?.Element(Ns + "Message") ?? Outcome(result);
        var stack = ((string?)error?.Element(Ns + "StackTrace") ?? "")
            .Split('\n')
            .Select(l => l.Trim())
            .Where(l => l.StartsWith("at ", StringComparison.Ordinal))
            .ToList();
        // a line with a file is one of ours; without any, the first ones have to do
        var ours = stack.Where(l => l.Contains(":line ", StringComparison.Ordinal)).ToList();
        return new FailedTest(
            (string?)result.Attribute("testName") ?? "",
            message.Trim(),
            [.. (ours.Count > 0 ? ours : stack).Take(StackLines)]
        );
    }

    /// <summary>Errors of the run itself; those that only repeat a failed test are told by it.</summary>
    private static IEnumerable<string> Problems(XElement run) =>
        run.Descendants(Ns + "RunInfo")
            .Where(i => Outcome(i) is "Error" or "Aborted")
            .Select(i => ((string?)i.Element(Ns + "Text") ?? "").Trim())
            .Where(text => !text.EndsWith("[FAIL]", StringComparison.Ordinal));
}
