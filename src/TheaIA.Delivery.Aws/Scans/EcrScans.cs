using TheaIA.Abstractions;
using TheaIA.Delivery.Aws.Cli;
using TheaIA.Delivery.Aws.Registries;

namespace TheaIA.Delivery.Aws.Scans;

/// <summary>Reads what ECR's own scan of an image found, and waits for one that runs.</summary>
internal sealed class EcrScans(AwsCli aws, EcrSetup setup)
{
    private const string Call = "describe-image-scan-findings";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // a scan on push is not there at once; one that is not there then was never ordered
    private static readonly TimeSpan PatienceForStart = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    private readonly EcrCommands _commands = new(setup);

    /// <summary>The findings; unknown with its reason where nobody looked or nobody could be asked.</summary>
    public async Task<FindingsReport> ReadAsync(
        EcrRegistry registry,
        string repository,
        Claim what,
        CancellationToken cancel
    )
    {
        var report = new FindingsReport($"ECR scan of {what.Short}", []);
        try
        {
            var image = new Image(registry, repository, what);
            var (first, unknown) = await WaitAsync(image, cancel);
            if (first is null)
            {
                return report with { Unknown = unknown };
            }

            var pages = await RestAsync(image, first, cancel);
            return ScanReading.Hole(pages) is { } hole
                ? report with
                {
                    Unknown = $"ECR's scan of {what.Short} cannot be read: {hole}.",
                }
                : report with
                {
                    Findings = ScanReading.Findings(pages),
                };
        }
        catch (OutcomeException e)
        {
            // a source that is not reached is no pass and no failure: the gate that reads this says unknown
            return report with { Unknown = e.Message };
        }
    }

    private async Task<(ScanPage? Page, string? Unknown)> WaitAsync(
        Image image,
        CancellationToken cancel
    )
    {
        var began = setup.Time.GetTimestamp();
        for (var wait = FirstWait; ; wait = Longer(wait))
        {
            var (page, state) = await AskAsync(image, cancel);
            if (state == ScanState.Done)
            {
                return (page, null);
            }

            var patience = state switch
            {
                ScanState.Running => Patience,
                ScanState.NotFound => PatienceForStart,
                _ => TimeSpan.Zero,
            };
            if (setup.Time.GetElapsedTime(began) + wait > patience)
            {
                return (null, Why(image, state, page?.ImageScanStatus));
            }

            await Task.Delay(wait, setup.Time, cancel);
        }
    }

    private async Task<(ScanPage? Page, ScanState State)> AskAsync(
        Image image,
        CancellationToken cancel
    )
    {
        var result = await AskAsync(image, next: null, cancel);
        if (result.ExitCode == 0)
        {
            var page = Page(result);
            return (page, State(page));
        }

        return AwsError.Parse(result.Error)?.Code switch
        {
            "ScanNotFoundException" => (null, ScanState.NotFound),
            "ImageNotFoundException" or "RepositoryNotFoundException" => (null, ScanState.NoImage),
            _ => throw AwsFailure.Of(result, Call, image.What.Repository),
        };
    }

    private async Task<IReadOnlyList<ScanPage>> RestAsync(
        Image image,
        ScanPage first,
        CancellationToken cancel
    )
    {
        var pages = new List<ScanPage> { first };
        while (pages[^1].NextToken is { Length: > 0 } next)
        {
            var result = await AskAsync(image, next, cancel);
            pages.Add(
                result.ExitCode == 0
                    ? Page(result)
                    : throw AwsFailure.Of(result, Call, image.What.Repository)
            );
        }

        return pages;
    }

    private Task<CommandResult> AskAsync(Image image, string? next, CancellationToken cancel) =>
        aws.RunAsync(
            _commands.Findings(image.Registry, image.Repository, image.What.Digest, next),
            cancel
        );

    private static ScanPage Page(CommandResult result) =>
        AwsCli.Read(result, EcrJson.Default.ScanPage, Call);

    private static ScanState State(ScanPage page) =>
        page.ImageScanStatus?.Status switch
        {
            // ACTIVE: Inspector has scanned it, and does so again as vulnerabilities become known
            "COMPLETE" or "ACTIVE" => ScanState.Done,
            "IN_PROGRESS" or "PENDING" => ScanState.Running,
            _ => ScanState.Ended,
        };

    private static string Why(Image image, ScanState state, ScanStatus? status) =>
        state switch
        {
            ScanState.Running =>
                $"ECR still scans {image.What.Short} after 3 min ({status?.Status}): ./build.sh Scan asks again.",
            ScanState.NotFound =>
                $"ECR has not scanned {image.What.Short} of {image.What.Repository}: {StartCommand(image)} makes it.",
            ScanState.NoImage =>
                $"There is no {image.What.Short} in {image.What.Repository}: ./build.sh Push brings it there.",
            _ =>
                $"ECR's scan of {image.What.Short} ended without findings ({Told(status)}): docs/registries.md says what each status means.",
        };

    private static string Told(ScanStatus? status) =>
        string.IsNullOrEmpty(status?.Description)
            ? status?.Status ?? "no status"
            : $"{status.Status}: {status.Description.TrimEnd('.')}";

    private static string StartCommand(Image image) =>
        string.Join(
            ' ',
            (string[])
                [
                    "aws ecr start-image-scan",
                    .. EcrCommands.Option("--region", image.Registry.Region),
                    "--repository-name",
                    image.Repository,
                    "--image-id",
                    $"imageDigest={image.What.Digest}",
                ]
        );

    private static TimeSpan Longer(TimeSpan wait) =>
        wait * 1.5 < LongestWait ? wait * 1.5 : LongestWait;

    private sealed record Image(EcrRegistry Registry, string Repository, Claim What);

    private enum ScanState
    {
        Done,
        Running,
        NotFound,
        NoImage,
        Ended,
    }
}
