namespace TheaIA.Build.Tests.Given;

/// <summary>What a command left.</summary>
public sealed record Ran(int ExitCode, string Output, string Error, TimeSpan Took)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The value of NAME=VALUE in the output.</summary>
    public string Value(string name) =>
        Lines.Single(l => l.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];

    public Ran ShouldEndWith(int code)
    {
        ExitCode.ShouldBe(code, $"{Output}\n{Error}");
        return this;
    }
}
