using System.Globalization;

namespace TheaIA.Toolchains.Tests.Given;

/// <summary>Cobertura as coverlet writes it.</summary>
internal static class Reports
{
    public static string Of(string source, params (string File, int[] Run, int[] NotRun)[] files) =>
        $"""
            <?xml version="1.0" encoding="utf-8"?>
            <coverage line-rate="0.5" version="1.9" timestamp="1795565928">
              <sources>
                <source>{source}</source>
              </sources>
              <packages>
                <package name="A">
                  <classes>
            {string.Concat(files.Select(f => Class(f.File, f.Run, f.NotRun)))}
                  </classes>
                </package>
              </packages>
            </coverage>
            """;

    private static string Class(string file, int[] run, int[] notRun) =>
        $"""
            <class name="A" filename="{file}">
              <methods><method name="M"><lines>{Lines(run, 1)}</lines></method></methods>
              <lines>{Lines(run, 3)}{Lines(notRun, 0)}</lines>
            </class>
            """;

    private static string Lines(int[] numbers, int hits) =>
        string.Concat(
            numbers.Select(n =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"<line number=\"{n}\" hits=\"{hits}\" branch=\"False\" />"
                )
            )
        );
}
