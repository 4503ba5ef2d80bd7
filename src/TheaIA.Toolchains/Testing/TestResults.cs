namespace TheaIA.Toolchains;

/// <summary>What a run of tests gave.</summary>
/// <param name="Passed">How many passed.</param>
/// <param name="Failed">Those that failed.</param>
/// <param name="Skipped">How many were not run.</param>
/// <param name="Duration">From the first start to the last end.</param>
public sealed record TestResults(
    int Passed,
    IReadOnlyList<FailedTest> Failed,
    int Skipped,
    TimeSpan Duration
)
{
    /// <summary>No test ran.</summary>
    public static TestResults None { get; } = new(0, [], 0, TimeSpan.Zero);

    /// <summary>What went wrong beside the tests: a host that crashed. Default: nothing.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>How many tests there are.</summary>
    public int Total => Passed + Failed.Count + Skipped;

    /// <summary><c>612 passed, 0 skipped</c>; failures come first when there are any.</summary>
    public string Figure =>
        (Failed.Count > 0 ? $"{Figures.Count(Failed.Count)} failed, " : "")
        + $"{Figures.Count(Passed)} passed, {Figures.Count(Skipped)} skipped";

    /// <summary>What the person who mends it needs: names, messages, first stack lines.</summary>
    public IReadOnlyList<string> Details => [.. Failed.SelectMany(f => f.Lines), .. Problems];
}

/// <summary>A test that failed.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Message">What it said.</param>
/// <param name="Stack">The first lines of its stack that are in this repository's own code.</param>
public sealed record FailedTest(string Name, string Message, IReadOnlyList<string> Stack)
{
    /// <summary>More lines of a message than this are not shown whole.</summary>
    private const int Shown = 40;

    /// <summary>How many lines of a long message are shown from its start: what was expected.</summary>
    private const int ShownFirst = 12;

    /// <summary>
    /// Name, message and stack, the latter two indented. Of a message over 40 lines the first 12 and the
    /// last 27: a test that shows a command's output has the cause at its end.
    /// </summary>
    public IReadOnlyList<string> Lines =>
        [
            Name,
            .. Shortened(Message.Split('\n')).Select(l => "  " + l.TrimEnd()),
            .. Stack.Select(l => "    " + l),
        ];

    private static string[] Shortened(string[] lines) =>
        lines.Length <= Shown
            ? lines
            :
            [
                .. lines[..ShownFirst],
                $"[{Figures.Count(lines.Length - Shown + 1)} lines left out]",
                .. lines[^(Shown - ShownFirst - 1)..],
            ];
}
