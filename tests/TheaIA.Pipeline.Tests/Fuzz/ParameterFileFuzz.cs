using System.Text;
using TheaIA.Pipeline.Tests.Parameters;

namespace TheaIA.Pipeline.Tests.Fuzz;

/// <summary>Files of parameters that nobody would write: each is read or refused with a sentence.</summary>
public sealed class ParameterFileFuzz
{
    private static readonly byte[][] Good =
    [
        .. new[]
        {
            "{}",
            """{ "$schema": "./build.schema.json", "Text": "a" }""",
            """{ "Text": "a\u00e9\n", "Number": -5, "Fix": true, "Names": ["a", "b", null] }""",
            """{ "Weights": { "a": 1, "b": 2 }, "Numbers": "1;2", "Ratio": 1.5e3 }""",
            """{ "Verbosity": "quiet", "MaxParallel": 2, "NoLogo": false, "Host": "Plain" }""",
            """{ "Color": "darkgreen", "Timeout": "5m", "Folder": "../x", "Day": "2026-11-24" }""",
            "\uFEFF{\n  \"Field\": \"\u00fc\uD83D\uDE00\"\n}\n",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "\\",
            "\\u",
            "\\ud800",
            "null",
            "//",
            "/*",
            "1e999",
            "-",
            "\0",
            "\r\n",
            "\"Root\":1",
            "\"RailwayToken\":\"x\",",
            new string('[', 200),
        }.Select(Encoding.UTF8.GetBytes),
        [0xC3],
        [0xED, 0xA0, 0x80],
        [0xFF, 0xFE],
    ];

    /// <summary>The bytes alone, without a disk and the search for parameters: fast, so that there are many.</summary>
    [Fact]
    public void Any_bytes_are_values_or_leave_sentences_with_the_place()
    {
        const int Cases = 10_000;
        foreach (var seed in Mutator.Seeds)
        {
            var mutator = new Mutator(seed);
            for (var i = 0; i < Cases; i++)
            {
                var bytes = mutator.Bytes(Good, Pieces);
                var found = $"seed {seed}, case {i}: {Convert.ToHexString(bytes)}";
                var errors = new List<string>();
                CommandLineFuzz.IsReadOrRefused(
                    () => ParameterFile.Parse(bytes, "x.json", errors),
                    found
                );
                foreach (var error in errors)
                {
                    error.ShouldStartWith("x.json, line ", customMessage: found);
                }
            }
        }
    }

    [Fact]
    public void Any_bytes_are_read_or_are_a_clear_error()
    {
        const int Cases = 500;
        using var reading = new Reading();
        reading.Write(".nuke/parameters.json", "{}");
        var file = (reading.Root / ".nuke" / "parameters.json").ToString();
        foreach (var seed in Mutator.Seeds)
        {
            var mutator = new Mutator(seed);
            for (var i = 0; i < Cases; i++)
            {
                var bytes = mutator.Bytes(Good, Pieces);
                File.WriteAllBytes(file, bytes);
                CommandLineFuzz.IsReadOrRefused(
                    () => reading.ReadAll<SampleBuild>().Inject(new SampleBuild()),
                    $"seed {seed}, case {i}: {Convert.ToHexString(bytes)}"
                );
            }
        }
    }
}
