using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Reporting;

/// <summary>A build that shows each kind of line once.</summary>
public class ShownBuild : TestBuild, IAnnounce
{
    [Parameter("Where to deploy"), CommandLineOnly]
    string Environment { get; set; } = "development";

    [Parameter("Signs releases"), Secret]
    string? CosignPassword { get; set; }

    [Parameter(
        "How the tests are chosen; a text that is so long that it has to go on in another line of the help page"
    )]
    string? Filter { get; set; }

    [Parameter("Hours of work"), Required]
    DayOfWeek Day { get; set; } = DayOfWeek.Monday;

    [Parameter(List = false)]
    string? Hidden { get; set; }

    Target Restore =>
        _ =>
            _.Description("Fetches packages")
                .Executes(() =>
                {
                    Take(2.1);
                    Progress.Figure("41 packages, locked");
                });
    Target Compile =>
        _ =>
            _.Description("Compiles all projects")
                .DependsOn(Restore)
                .Inputs("src/**")
                .Outputs("out/**")
                .Produces("*.dll")
                .Executes(() =>
                {
                    Take(14);
                    (RootDirectory / "out" / "a.dll").WriteAllText("");
                    Console.WriteLine("warning: nothing");
                    Console.Error.WriteLine("100 % done: a, b");
                    Progress.Figure("9 projects, 0 warnings");
                });
    public Target Test =>
        _ =>
            _.Description("Runs the tests")
                .DependsOn(Compile)
                .Requires(() => Environment)
                .Executes(() =>
                {
                    Progress.Doing("312 passed");
                    Take(41);
                    Progress.Figure("612 passed, 0 skipped");
                });
    Target Sign =>
        _ =>
            _.Description("Signs the image")
                .After(Test)
                .Effect()
                .Executes(() =>
                    Progress.Note("not signed: development accepts that, the ledger says so")
                );
    Target Docs => _ => _.After(Sign).OnlyWhenStatic(() => IsServerBuild).Executes(() => Take(1));
    Target Deploy =>
        _ =>
            _.Description("Deploys the image")
                .DependsOn(Test, Sign, Docs)
                .Effect()
                .Triggers(Report)
                .Executes(() =>
                {
                    Progress.Step("start", TimeSpan.FromSeconds(1.1), "sha256:4be1f0aa9c02");
                    Progress.Step("verify", TimeSpan.FromSeconds(192), "the digest answers");
                    Progress.Closing(
                        "Deployed 3f2c1a9 to development in 72 s [7 min]. Undo: ./build.sh Rollback"
                    );
                });
    Target Report =>
        _ =>
            _.Unlisted()
                .Executes(() =>
                    Progress.Figure(
                        "a figure that is far too long for one line and therefore goes on in the next one, below where it began"
                    )
                );
    Target Status =>
        _ =>
            _.Concurrent()
                .After(Report)
                .Executes(() => Progress.Say("development  3f2c1a9 4be1f0aa9c02  today 14:02"));
    Target Breaks =>
        _ =>
            _.DependsOn(Compile)
                .Executes(() =>
                {
                    Take(31);
                    Console.WriteLine("looking: 50 %");
                    throw new OutcomeException(Outcome.Failed, "8d01c77 was never ready: 503")
                    {
                        Details = ["last log line: connection refused (127.0.0.1:5432)"],
                    };
                });
    Target After => _ => _.DependsOn(Breaks).Executes(() => Take(1));

    public string? Announce(Announcement run) =>
        run.Targets.Contains("Deploy") ? "theaia-api 3f2c1a9 (main, clean) -> development" : null;
}
