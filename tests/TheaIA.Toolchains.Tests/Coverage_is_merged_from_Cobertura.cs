using TheaIA.Abstractions;
using TheaIA.Toolchains.Tests.Given;

namespace TheaIA.Toolchains.Tests;

public sealed class Coverage_is_merged_from_Cobertura : IDisposable
{
    private readonly Sandbox sandbox = new();

    [Fact]
    public void A_line_that_any_report_saw_run_was_run()
    {
        var one = sandbox.Write(
            "1.xml",
            Reports.Of(sandbox.Root + "/", ("src/A/A.cs", [1, 2], [3, 4]))
        );
        // the same file by other names: relative to another source, absolute
        var two = sandbox.Write(
            "2.xml",
            Reports.Of(sandbox["src/A/"], ("A.cs", [3], [1, 2, 4]), ("B.cs", [7], []))
        );
        var three = sandbox.Write(
            "3.xml",
            Reports.Of("", (sandbox["src/A/../A/B.cs"], [], [7, 8]))
        );

        var report = Cobertura.Read(sandbox.Root, one, two, three);

        report.Files.Select(f => f.Path).ShouldBe(["src/A/A.cs", "src/A/B.cs"]);
        report.Files[0].UncoveredRanges.ShouldBe(["4"]);
        report.Files[1].UncoveredRanges.ShouldBe(["8"]);
        (report.Lines, report.Covered).ShouldBe((6, 4));
    }

    [Fact]
    public void Only_files_below_src_count()
    {
        var file = sandbox.Write(
            "1.xml",
            Reports.Of(
                sandbox.Root,
                ("src/A/A.cs", [1], []),
                ("tests/A.Tests/A.cs", [], [1]),
                ("artifacts/obj/A/Generated.cs", [], [1]),
                ("/elsewhere/src/A.cs", [], [1]),
                ("src/A/Nothing.cs", [], [])
            )
        );

        Cobertura.Read(sandbox.Root, file).Files.Select(f => f.Path).ShouldBe(["src/A/A.cs"]);
    }

    [Fact]
    public void Of_several_sources_the_one_that_has_the_file_counts()
    {
        sandbox.Write("src/B/Same.cs", "");
        var text = Reports
            .Of(sandbox["src/A"], ("Same.cs", [1], []))
            .Replace(
                "</sources>",
                $"<source>{sandbox["src/B"]}</source></sources>",
                StringComparison.Ordinal
            );

        var report = Cobertura.Read(sandbox.Root, sandbox.Write("1.xml", text));

        report.Files.Single().Path.ShouldBe("src/B/Same.cs");
    }

    [Fact]
    public void A_range_goes_on_over_lines_that_cannot_be_run()
    {
        int[] notRun = [1, 2, 5, 9, 20, 22];
        var lines = notRun.ToDictionary(n => n, _ => 0L);
        lines[7] = 1;
        lines[21] = 4;

        new FileCoverage("a", lines).UncoveredRanges.ShouldBe(["1-5", "9-20", "22"]);
    }

    [Fact]
    public void Figures_are_those_of_the_screens()
    {
        Report(6120, 6041).Figure(98).ShouldBe("98.7 % of 6 120 lines [>= 98 %]");
        Report(6240, 6060).Figure(98).ShouldBe("97.1 % of 6 240 lines [>= 98 %], 56 lines short");
        Report(1000, 979).Figure(98).ShouldBe("97.9 % of 1 000 lines [>= 98 %], 1 line short");
    }

    [Fact]
    public void What_misses_the_goal_by_a_hair_does_not_read_as_if_it_reached_it()
    {
        var report = Report(100_000, 97_999);

        report.Reaches(98).ShouldBeFalse();
        report.Figure(98).ShouldBe("97.9 % of 100 000 lines [>= 98 %], 1 line short");
        Report(100, 98).Reaches(98).ShouldBeTrue();
    }

    [Fact]
    public void No_lines_are_unknown_and_not_100_percent()
    {
        var report = Report(0, 0);

        report.Percent.ShouldBeNull();
        report.Reaches(0).ShouldBeFalse();
        report.Value.ShouldBe("no line was measured");
        report.Worst().ShouldBeEmpty();
    }

    [Fact]
    public void The_worst_files_stand_in_columns_with_their_lines()
    {
        var report = new CoverageReport([
            File("src/TheaIA.Api/Conversations/Machine.cs", 1, 40, [77, 78, 79, 80]),
            File("src/TheaIA.Delivery.Oci/Upload.cs", 1, 128, [.. Enumerable.Range(40, 49), 91]),
            File("src/A.cs", 1, 10, []),
            File("src/B.cs", 1, 1, [2]),
        ]);

        report
            .Worst(3)
            .ShouldBe([
                "src/TheaIA.Delivery.Oci/Upload.cs         60 %   lines 40-88, 91",
                "src/TheaIA.Api/Conversations/Machine.cs   90 %   lines 77-80",
                "src/B.cs                                  50 %   line 2",
            ]);
    }

    [Fact]
    public void No_row_is_wider_than_the_screen()
    {
        int[] odd = [.. Enumerable.Range(100, 200).Where(n => n % 2 == 1)];
        var report = new CoverageReport([File("src/TheaIA.Pipeline/Long.cs", 100, 299, odd)]);

        var row = report.Worst().Single();

        row.Length.ShouldBeLessThanOrEqualTo(88);
        row.ShouldBe(
            "src/TheaIA.Pipeline/Long.cs   50 %   lines 101, 103, 105, 107, 109, 111, 113, 115, ..."
        );
    }

    [Theory]
    [InlineData("<coverage")]
    [InlineData("<TestRun />")]
    [InlineData(null)]
    public void What_is_not_Cobertura_is_named(string? text)
    {
        var file = text is null ? sandbox["none.xml"] : sandbox.Write("a.xml", text);

        var error = Should.Throw<OutcomeException>(() => Cobertura.Read(sandbox.Root, file));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{file} holds no coverage (missing, cut off or not Cobertura): run ./build.sh Test again."
        );
    }

    public void Dispose() => sandbox.Dispose();

    private static CoverageReport Report(int lines, int covered) =>
        new([
            new FileCoverage(
                "src/A.cs",
                Enumerable.Range(1, lines).ToDictionary(n => n, n => n <= covered ? 1L : 0)
            ),
        ]);

    /// <summary>All lines from first to last were run, but for some.</summary>
    private static FileCoverage File(string path, int first, int last, int[] notRun)
    {
        var lines = Enumerable.Range(first, last - first + 1).ToDictionary(n => n, _ => 1L);
        foreach (var line in notRun)
        {
            lines[line] = 0;
        }
        return new FileCoverage(path, lines);
    }
}
