namespace TheaIA.Components.Tests.Loop;

/// <summary>What `dotnet test` leaves, as small as its readers need.</summary>
internal static class Samples
{
    public static string Trx(int passed, int failed = 0) =>
        $"""
            <?xml version="1.0" encoding="utf-8"?>
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
              <Results>
            {string.Concat(
                Enumerable.Range(0, passed).Select(i =>
                    $"<UnitTestResult testName=\"Tiny.Passes{i}\" outcome=\"Passed\" duration=\"00:00:00.01\" />\n"
                )
            )}
            {string.Concat(
                Enumerable.Range(0, failed).Select(i =>
                    $"<UnitTestResult testName=\"Tiny.Fails{i}\" outcome=\"Failed\" duration=\"00:00:00.01\"><Output><ErrorInfo><Message>expected 1</Message><StackTrace>at Tiny</StackTrace></ErrorInfo></Output></UnitTestResult>\n"
                )
            )}
              </Results>
            </TestRun>
            """;

    public static string Cobertura(string root, int covered) =>
        $"""
            <?xml version="1.0" encoding="utf-8"?>
            <coverage>
              <sources><source>{root}/</source></sources>
              <packages><package><classes><class filename="src/TinyService/One.cs"><lines>
            {string.Concat(
                Enumerable.Range(1, 100).Select(i =>
                    $"<line number=\"{i}\" hits=\"{(i <= covered ? 1 : 0)}\" />\n"
                )
            )}
              </lines></class></classes></package></packages>
            </coverage>
            """;
}
