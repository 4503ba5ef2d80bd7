using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Hosting;
using TheaIA.Api.Health;

namespace TheaIA.Api.Tests;

public sealed class HealthTests
{
    [Fact]
    public async Task It_is_live_and_ready_once_it_runs()
    {
        await using var service = new RunningService();

        (await service.GetTextAsync("/health/live")).ShouldBe("{\"status\":\"live\"}");
        (await service.GetTextAsync("/health/ready")).ShouldBe("{\"status\":\"ready\"}");
    }

    [Fact]
    public void It_is_not_ready_before_it_has_started()
    {
        using var life = new Life();

        var answer = Probes.Ready(life).Result.ShouldBeOfType<ProblemHttpResult>();

        answer.StatusCode.ShouldBe(503);
        answer.ProblemDetails.Title.ShouldBe("Not ready");
        answer.ProblemDetails.Detail.ShouldBe("The service is starting.");
    }

    [Fact]
    public void It_is_not_ready_any_more_while_it_ends()
    {
        using var life = new Life();
        life.Start();
        Probes.Ready(life).Result.ShouldBeOfType<Ok<Health.Health>>();

        life.StopApplication();

        var answer = Probes.Ready(life).Result.ShouldBeOfType<ProblemHttpResult>();
        answer.StatusCode.ShouldBe(503);
        answer.ProblemDetails.Detail.ShouldBe("The service is ending.");
    }

    [Fact]
    public async Task The_version_tells_what_runs_and_since_when()
    {
        var before = TimeProvider.System.GetUtcNow();
        await using var service = new RunningService().With("IMAGE_DIGEST", "sha256:4be1f0aa9c02");
        await service.GetTextAsync("/health/live");
        var started = TimeProvider.System.GetUtcNow();

        var version = await service.GetAsync("/version");

        version["version"]?.GetValue<string>().ShouldBe("0.1.0");
        version["digest"]?.GetValue<string>().ShouldBe("sha256:4be1f0aa9c02");
        version["startedAt"]?.GetValue<DateTimeOffset>().ShouldBeInRange(before, started);
        version.AsObject().ContainsKey("commit").ShouldBeTrue();
    }

    [Theory]
    [InlineData("0.1.0+3f2c1a9d", "0.1.0", "3f2c1a9d")]
    [InlineData("0.1.0", "0.1.0", null)]
    public void The_commit_is_what_the_build_said(
        string informational,
        string version,
        string? commit
    )
    {
        BuildInfo
            .Parse(informational, digest: null, DateTimeOffset.UnixEpoch)
            .ShouldBe(new BuildInfo(version, commit, null, DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public async Task An_empty_digest_is_none()
    {
        await using var service = new RunningService().With("IMAGE_DIGEST", "");

        (await service.GetAsync("/version"))["digest"].ShouldBeNull();
    }

    private sealed class Life : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _started = new();
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => _started.Token;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void Start() => _started.Cancel();

        public void StopApplication() => _stopping.Cancel();

        public void Dispose()
        {
            _started.Dispose();
            _stopping.Dispose();
        }
    }
}
