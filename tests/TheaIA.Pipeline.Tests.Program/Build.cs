using System.Diagnostics;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Program;

/// <summary>
/// A build program of its own, whose targets start processes as code does that knows nothing of the
/// engine. Their processes carry the name of the variable MARK, so that a test finds them.
/// </summary>
internal sealed class Build : NukeBuild
{
    private static readonly string Mark = Environment.GetEnvironmentVariable("MARK") ?? "none";

    public static int Main() => Execute<Build>(x => x.Late);

    [Parameter("a value that nobody may read")]
    [Secret]
    public string? Token { get; set; }

    protected override void OnBuildCreated()
    {
        if (Environment.GetEnvironmentVariable("TOKEN") == "talks")
        {
            Console.WriteLine("made");
        }
    }

    public Target Late =>
        _ => _.Within(TimeSpan.FromSeconds(1)).Executes(() => Wait(Stubborn("late")));

    public Target Honours =>
        _ =>
            _.Within(TimeSpan.FromSeconds(1))
                .Executes(async cancel =>
                {
                    using var left = Shell($"exec -a {Mark} sleep 300");
                    await Task.Delay(Timeout.Infinite, cancel);
                });

    public Target Long => _ => _.Executes(() => Wait(Stubborn("long")));
    public Target LongWithin =>
        _ => _.Within(TimeSpan.FromMinutes(5)).Executes(() => Wait(Stubborn("long")));
    public Target Tidy =>
        _ => _.AssuredAfterFailure().After(Long).Executes(() => Wait(Shell("touch tidied")));
    public Target Both => _ => _.DependsOn(Long, Tidy);

    public Target Beside =>
        _ =>
            _.Executes(async () =>
            {
                // as long as the other one is at work
                while (!File.Exists("late-ended"))
                {
                    await Task.Delay(20);
                }

                await Task.Delay(1000);
            });
    public Target LateBeside =>
        _ =>
            _.Within(TimeSpan.FromSeconds(1))
                .Executes(async cancel =>
                {
                    using var left = Shell($"exec -a {Mark} sleep 300");
                    try
                    {
                        await Task.Delay(Timeout.Infinite, cancel);
                    }
                    finally
                    {
                        await File.WriteAllTextAsync("late-ended", "", CancellationToken.None);
                    }
                });
    public Target Two => _ => _.DependsOn(Beside, LateBeside);

    public Target Ship =>
        _ =>
            _.Effect()
                .Executes(() =>
                {
                    using var child = Shell(
                        $"touch began; (exec -a {Mark} sleep 1); touch shipped"
                    );
                    Wait(child);
                });

    public Target Exits =>
        _ =>
            _.Executes(() =>
            {
                Shell($"exec -a {Mark} sleep 300");
                Environment.Exit(0);
            });
    public Target AfterExits =>
        _ => _.DependsOn(Exits).Effect().Executes(() => Console.WriteLine("shipped"));

    public Target Threads =>
        _ =>
            _.Executes(() =>
            {
                var thread = new Thread(() =>
                    throw new InvalidOperationException($"died of {Token}")
                );
                thread.Start();
                thread.Join();
            });

    /// <summary>Has no safe point that it would come to.</summary>
    public Target DeafEffect =>
        _ =>
            _.Effect()
                .Executes(() =>
                {
                    File.WriteAllText("began", "");
                    Task.Delay(TimeSpan.FromMinutes(5)).Wait();
                });

    public Target Leaves =>
        _ => _.Executes(() => Wait(Shell($"setsid -f bash -c 'exec -a {Mark} sleep 300'")));

    public Target Detaches =>
        _ =>
            _.Executes(() =>
                Wait(Shell($"{IRunner.Detached}=1 setsid -f bash -c 'exec -a {Mark} sleep 300'"))
            );

    public Target Inherits =>
        _ =>
            _.Executes(() =>
            {
                Console.WriteLine("first");
                Wait(
                    Shell(
                        "echo out; echo err >&2; printf %s \"${TOKEN:0:6}\"; sleep 0.2; echo \"${TOKEN:6}\""
                    )
                );
                Console.WriteLine("last");
            });

    /// <summary>A child writes half of a secret, its target the rest; and something that could be a beginning.</summary>
    public Target Halves =>
        _ =>
            _.Executes(() =>
            {
                Wait(Shell("printf 'pw: %s' \"${TOKEN:0:6}\""));
                Console.WriteLine(Token![6..] + " tail");
                Wait(Shell("printf 'ends with %s' \"${TOKEN:0:2}\""));
            });
    public Target AfterHalves =>
        _ => _.DependsOn(Halves).Executes(() => Wait(Shell("echo second")));

    public Target One =>
        _ =>
            _.Executes(() =>
                Wait(
                    Shell(
                        "touch one; until [ -e two ]; do sleep 0.02; done; echo child of one; sleep 0.5"
                    )
                )
            );
    public Target Other =>
        _ =>
            _.Executes(() =>
                Wait(
                    Shell(
                        "touch two; until [ -e one ]; do sleep 0.02; done; echo child of other; sleep 0.5"
                    )
                )
            );
    public Target Shared => _ => _.DependsOn(One, Other);

    public Target LoudConsole =>
        _ => _.Executes(() => Repeat(() => Console.WriteLine("from the console")));
    public Target LoudFigures =>
        _ => _.Executes(() => Repeat(() => Progress.Say("from the target")));
    public Target LoudChild =>
        _ => _.Executes(() => Wait(Shell("for i in $(seq 2000); do echo from the child; done")));
    public Target Loud => _ => _.DependsOn(LoudConsole, LoudFigures, LoudChild);

    private static void Repeat(Action action)
    {
        for (var i = 0; i < 2000; i++)
        {
            action();
        }
    }

    /// <summary>Three processes that ignore SIGTERM and SIGINT, one of them in a session of its own.</summary>
    private static Process Stubborn(string name) =>
        Shell(
            $"trap '' TERM INT; setsid -f bash -c 'exec -a {Mark} sleep 300'; "
                + $"(exec -a {Mark} sleep 300) & touch began-{name}; exec -a {Mark} sleep 300"
        );

    private static Process Shell(string script) =>
        Process.Start(new ProcessStartInfo("bash", ["-c", script]) { UseShellExecute = false })!;

    private static void Wait(Process process) => process.WaitForExit();
}
