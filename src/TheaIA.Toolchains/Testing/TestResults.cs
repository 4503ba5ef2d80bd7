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
    /// <summary>Name, message and stack, the latter two indented.</summary>
    public IReadOnlyList<string> Lines =>
        [
            Name,
            .. Message.Split('\n').Take(12).Select(l => "  " + l.TrimEnd()),
            .. Stack.Select(l => "    " + l),
        ];
}
