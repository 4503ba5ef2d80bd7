using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json;

[assembly: SupportedOSPlatform("linux")]

namespace TheaIA.Delivery.Aws.Tests.Given;

/// <summary>
/// A folder with a program <c>aws</c> that answers what a test told it to, each call in its own order, the last
/// answer again and again; it writes down how it was called.
/// </summary>
public sealed class StandInAws : IDisposable
{
    public const string Host = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
    public const string Digest =
        "sha256:4be1f0aa9c02e6c3b1b0d5a7a9c4a2f0a3d6c7b8e9f00112233445566778899a";

    private const string Script = """
        #!/bin/sh
        here=${0%/*} call=$2 n=1
        while ! mkdir "$here/called/$call-$n" 2>/dev/null; do n=$((n + 1)); done
        for argument; do printf '%s\n' "$argument"; done >"$here/called/$call-$n/arguments"
        while [ "$n" -gt 0 ] && [ ! -d "$here/answers/$call-$n" ]; do n=$((n - 1)); done
        answer=$here/answers/$call-$n
        [ "$n" -gt 0 ] || { echo "no answer to $call" >&2; exit 99; }
        cat "$answer/error" >&2
        cat "$answer/output"
        exit "$(cat "$answer/code")"
        """;

    private readonly string _folder = Directory
        .CreateTempSubdirectory("theaia-stand-in-aws-")
        .FullName;

    public StandInAws()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "called"));
        var aws = Path.Combine(_folder, "aws");
        File.WriteAllText(aws, Script);
        File.SetUnixFileMode(
            aws,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
        Runner = new ProgramRunner(_folder, "/usr/bin", "/bin");
    }

    /// <summary>Finds this aws first.</summary>
    public ProgramRunner Runner { get; }

    /// <summary>A clock that no wait stands still for.</summary>
    public SkippingTime Time { get; } = new();

    public IRegistryHost Ecr => Through(new EcrSetup());

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Claim What => new($"{Host}/thea/api", Digest);

    public IRegistryHost Through(EcrSetup setup) =>
        Aws.Ecr.Through(Runner, setup with { Time = Time });

    /// <summary>The call is answered with this output.</summary>
    public StandInAws Answers(string call, string output) => Add(call, 0, output, "");

    /// <summary>The call is answered with this document.</summary>
    public StandInAws Answers(string call, object document) =>
        Answers(call, JsonSerializer.Serialize(document));

    /// <summary>The service refuses the call.</summary>
    public StandInAws Refuses(string call, string code, string message = "It is so.") =>
        Fails(
            call,
            $"\nAn error occurred ({code}) when calling the {Operation(call)} operation: {message}",
            254
        );

    /// <summary>The program fails with this text.</summary>
    public StandInAws Fails(string call, string error, int code = 255) =>
        Add(call, code, "", error + "\n");

    /// <summary>The arguments of each time that it was called so.</summary>
    public IReadOnlyList<string[]> Calls(string call) =>
        [
            .. Enumerable
                .Range(1, int.MaxValue)
                .Select(n => Path.Combine(_folder, "called", $"{call}-{n}", "arguments"))
                .TakeWhile(File.Exists)
                .Select(File.ReadAllLines),
        ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private StandInAws Add(string call, int code, string output, string error)
    {
        var n = 1;
        while (Directory.Exists(Answer(n)))
        {
            n++;
        }

        Directory.CreateDirectory(Answer(n));
        File.WriteAllText(Path.Combine(Answer(n), "code"), $"{code}");
        File.WriteAllText(Path.Combine(Answer(n), "output"), output);
        File.WriteAllText(Path.Combine(Answer(n), "error"), error);
        return this;

        string Answer(int number) => Path.Combine(_folder, "answers", $"{call}-{number}");
    }

    // describe-repositories is DescribeRepositories
    private static string Operation(string call) =>
        CultureInfo
            .InvariantCulture.TextInfo.ToTitleCase(call)
            .Replace("-", "", StringComparison.Ordinal);
}
