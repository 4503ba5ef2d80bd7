using System.Linq.Expressions;

namespace TheaIA.Pipeline.Tests.Nuke;

/// <summary>A sentence of NUKE's documentation or sources, in our words, with a run that shows it.</summary>
/// <param name="Area">The heading that it stands under in docs/nuke.md.</param>
/// <param name="Sentence">What NUKE documents.</param>
/// <param name="CommandLine">As typed.</param>
/// <param name="Ran">What the targets did, in this order.</param>
internal sealed record Behaviour(string Area, string Sentence, string CommandLine, string Ran)
{
    private Func<Checkout, string, Task<Answer>> Run { get; init; } = null!;

    /// <summary>The exit code; 255 in NUKE whatever went wrong.</summary>
    public int Code { get; private init; }

    /// <summary>The targets that ended otherwise than succeeded: <c>B Failed, C NotRun</c>.</summary>
    public string Otherwise { get; private init; } = "";

    /// <summary>A part of the output; empty: any.</summary>
    public string Says { get; private init; } = "";

    /// <summary>What NUKE does where this engine does otherwise on purpose; empty: the same.</summary>
    public string InNuke { get; private init; } = "";

    /// <summary>Environment variables, as <c>NAME=value</c>.</summary>
    public string[] Variables { get; private init; } = [];

    /// <summary>Files by their path in the checkout.</summary>
    public (string Path, string Text)[] Files { get; private init; } = [];

    public static Behaviour Of<T>(
        string area,
        string sentence,
        string commandLine,
        string ran,
        params Expression<Func<T, Target>>[] defaults
    )
        where T : NukeBuild, new() =>
        new(area, sentence, commandLine, ran)
        {
            Run = (checkout, line) => checkout.RunAsync(line, defaults),
        };

    public Behaviour Ends(string otherwise, int code = 0) =>
        this with
        {
            Otherwise = otherwise,
            Code = code,
        };

    public Behaviour Saying(string part) => this with { Says = part };

    public Behaviour But(string inNuke) => this with { InNuke = inNuke };

    public Behaviour With(params string[] variables) => this with { Variables = variables };

    public Behaviour With(params (string Path, string Text)[] files) => this with { Files = files };

    /// <summary>One target at a time, as NUKE does it, unless the command line says otherwise.</summary>
    public async Task<Answer> RunAsync(Checkout checkout)
    {
        foreach (var variable in Variables)
        {
            var (name, value) = variable.Split('=', 2) is [var n, var v] ? (n, v) : (variable, "");
            checkout.Environment[name] = value;
        }

        foreach (var (path, text) in Files)
        {
            checkout.Write(path, text);
        }

        var many = CommandLine.Contains("--max-parallel", StringComparison.Ordinal);
        return await Run(checkout, many ? CommandLine : $"{CommandLine} --sequential");
    }
}
