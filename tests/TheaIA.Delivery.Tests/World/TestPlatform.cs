using TheaIA.Abstractions;

namespace TheaIA.Delivery.Tests.World;

/// <summary>How an image behaves when it is started.</summary>
public enum Behaviour
{
    Good,
    EndsAtStart,
    MeasuredBad,
    NotMeasurable,

    /// <summary>Starts, and is measured bad the first time only.</summary>
    BadOnce,
}

/// <summary>A machine that runs one release, with the promises of the real platforms.</summary>
internal sealed class TestPlatform(TestWorld world, Life life) : IPlatform
{
    public string Address => "http://localhost:8000";

    public Task CheckAsync(Place place, CancellationToken cancel)
    {
        life.Call();
        return world.PortTaken is { } taken
            ? throw new OutcomeException(Outcome.Wrong, taken)
            : Task.CompletedTask;
    }

    public Task<Running?> RunningAsync(Place place, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        life.Call();
        return Task.FromResult(
            world.Runs is { } digest ? new Running(digest, world.Since, !world.Unhealthy, 1) : null
        );
    }

    public Task ApplyAsync(
        Permit permit,
        Lease lease,
        IProgressReport progress,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(permit);
        cancel.ThrowIfCancellationRequested();
        life.Call();
        world.BeforeApply?.Invoke(permit);
        cancel.ThrowIfCancellationRequested();
        if (world.Runs != permit.InsteadOf)
        {
            throw new OutcomeException(Outcome.Failed, "Something else runs by now.");
        }

        Fence(lease);
        var digest = permit.What.Digest;
        world.Started.Add(digest);
        world.Permits.Add(permit);
        life.Reached("started");
        world.Time.Advance(world.StartTakes);
        cancel.ThrowIfCancellationRequested();
        var behaviour = world.Behaviours.GetValueOrDefault(digest);
        if (behaviour == Behaviour.EndsAtStart)
        {
            world.Started.Remove(digest);
            throw new NotUpException(
                "ended at start with exit code 3",
                ["Npgsql.NpgsqlException: connection refused (127.0.0.1:5432)"],
                "logs/theaia.log"
            );
        }

        life.Reached("probed");
        Fence(lease);
        (world.Runs, world.Since) = (digest, world.Time.GetUtcNow());
        world.Unhealthy = false;
        world.Ran.Add(digest);
        life.Reached("switched");
        life.Reached("drained");
        world.Started.Clear();
        life.Reached("reaped");
        progress.Step("start", world.StartTakes, $"{permit.What.Short}, nothing rebuilt");
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Check>> VerifyAsync(
        Place place,
        string digest,
        CancellationToken cancel
    )
    {
        cancel.ThrowIfCancellationRequested();
        life.Call();
        world.Time.Advance(TimeSpan.FromMilliseconds(200));
        if (world.Runs != digest)
        {
            return Answer(new Check("digest", digest, Verdict.Fail, "another one answers"));
        }

        var behaviour = world.Behaviours.GetValueOrDefault(digest);
        if (behaviour == Behaviour.BadOnce)
        {
            world.Behaviours[digest] = Behaviour.Good;
        }

        return behaviour switch
        {
            Behaviour.MeasuredBad or Behaviour.BadOnce => Answer(
                new Check("ready", digest, Verdict.Fail, "GET /health/ready answered 503")
            ),
            Behaviour.NotMeasurable => Answer(
                new Check("metrics", digest, Verdict.Unknown, "no answer in 10 s")
            ),
            _ when world.Unhealthy => Answer(
                new Check("ready", digest, Verdict.Fail, "GET /health/ready answered 503")
            ),
            _ => Answer(
                new Check("digest", digest, Verdict.Pass, "the platform")
                {
                    Value = "the digest answers",
                },
                new Check("ready", digest, Verdict.Pass, "GET /health/ready"),
                new Check("requests", digest, Verdict.Pass, "the front")
                {
                    Value = "0 requests failed",
                }
            ),
        };

        static Task<IReadOnlyList<Check>> Answer(params Check[] checks) =>
            Task.FromResult<IReadOnlyList<Check>>(checks);
    }

    public Task<IReadOnlyList<string>> ReapAsync(Place place, CancellationToken cancel)
    {
        life.Call();
        IReadOnlyList<string> found =
            world.Started.Count == 0 ? [] : ["Ended what a killed run left."];
        world.Started.Clear();
        return Task.FromResult(found);
    }

    public Task<LedgerHead?> AnchorAsync(Place place, LedgerHead? head, CancellationToken cancel)
    {
        life.Call();
        if (world.AnchorBroken is { } broken)
        {
            throw new OutcomeException(Outcome.Failed, broken);
        }

        world.Anchor = head ?? world.Anchor;
        return Task.FromResult(world.Anchor);
    }

    public Task TidyAsync(Place place, IReadOnlyCollection<string> keep, CancellationToken cancel)
    {
        life.Call();
        world.Kept = keep;
        return Task.CompletedTask;
    }

    public Task<bool> CanStartAsync(Claim claim, Place place, CancellationToken cancel)
    {
        life.Call();
        return Task.FromResult(!world.Gone.Contains(claim.Digest));
    }

    public Task<IReadOnlyList<string>> LogsAsync(
        Place place,
        int lines,
        CancellationToken cancel
    ) =>
        Task.FromResult<IReadOnlyList<string>>([
            .. new[] { "one", "two", "three" }.TakeLast(lines),
        ]);

    public Task<bool> StopAsync(Place place, Lease lease, CancellationToken cancel)
    {
        life.Call();
        Fence(lease);
        var ran = world.Runs is not null;
        world.Runs = null;
        world.Started.Clear();
        life.Call();
        return Task.FromResult(ran);
    }

    private void Fence(Lease lease)
    {
        if (world.Lease!.Token > lease.Token)
        {
            throw new OutcomeException(Outcome.Failed, "An older lease.");
        }
    }
}
