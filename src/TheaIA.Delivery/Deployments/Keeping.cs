using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>The smaller runs that change a place or its ledger: Recover, Verify, Unhold, Stop.</summary>
internal sealed class Keeping(DeployerSetup setup)
{
    private Place Where => setup.Where;

    private string Environment => setup.Where.Environment;

    public async Task RecoverAsync(
        string? deployment,
        IProgressReport progress,
        CancellationToken cancel
    )
    {
        RefuseUnknown(deployment, (await Ledger.OpenAsync(setup, cancel)).History);
        await using var session = await OpenAsync("Recover", progress, cancel);
        if (
            deployment is not null
            && session.History.Open is { } open
            && open.Deployment != deployment
        )
        {
            progress.Closing(
                $"Deployment {deployment} is not open in {Environment}; {open.Deployment} is: "
                    + $"./build.sh Recover{Where.Option()} closes it."
            );
            return;
        }

        var wasOpen = session.History.Open;
        var running = await session.SettleAsync(cancel);
        var what = running is null
            ? $"nothing runs in {Environment}"
            : $"{Environment} runs {session.Name(running.Digest)} since "
                + $"{setup.Time.Clock(running.Since)}, {running.Health()}";
        progress.Figure(wasOpen is null ? "nothing was open" : "1 deployment closed");
        var next = running is null ? $" {Start(session)}" : "";
        progress.Closing(
            (wasOpen is null ? $"Nothing was open: {what}." : $"Recovered: {what}.") + next
        );
    }

    private void RefuseUnknown(string? deployment, LedgerHistory history)
    {
        if (
            deployment is null
            || history.Open?.Deployment == deployment
            || history.EndOf(deployment) is not null
        )
        {
            return;
        }

        throw Wrong(
            $"There never was a deployment {deployment} in {Environment}; "
                + (history.Open is { } open ? $"{open.Deployment} is open" : "none is open")
                + $". ./build.sh Recover{Where.Option()} closes what is open."
        );
    }

    private string Start(Session session)
    {
        var deploy = $"./build.sh Deploy{Where.Option()}";
        return session.History.RanLast is { } last
            ? $"To start {session.Name(last)} again: {deploy} --release {session.Name(last)}"
            : deploy;
    }

    public async Task VerifyAsync(IProgressReport progress, CancellationToken cancel)
    {
        await using var session = await OpenAsync("Verify", progress, cancel);
        var running =
            await session.SettleAsync(cancel)
            ?? throw new OutcomeException(
                Outcome.Refused,
                $"Nothing runs in {Environment}, so there is nothing to verify."
            )
            {
                Closing = $"Nothing was verified. {Start(session)}",
            };
        var release = session.Release(running.Digest);
        var verification = await session.VerifyAsync(running.Digest, setup.Bake, cancel);
        var entry = new LedgerEntry(LedgerKinds.Verified)
        {
            Release = LedgerRelease.Of(release),
            Runs = running.Digest,
            Checks = LedgerCheck.Of(verification.Checks),
        };
        if (verification.Verdict == Verdict.Fail)
        {
            await session.AppendAsync(
                entry with
                {
                    Kind = LedgerKinds.FoundBad,
                    Reason = verification.Culprits,
                }
            );
            throw new OutcomeException(
                Outcome.Refused,
                $"{release.Name} in {Environment} is measured bad: {verification.Culprits}."
            )
            {
                Closing =
                    $"{release.Name} runs on, and is no release to go back to any more. "
                    + $"./build.sh Rollback{Where.Option()}",
            };
        }

        if (verification.Verdict == Verdict.Unknown)
        {
            if (!setup.Environment.Policy.Forgiving)
            {
                throw session.Unverified(release, verification);
            }

            progress.Note($"{release.Name} runs; {verification.Culprits}");
        }
        else
        {
            await RecordAsync(session, entry, release);
            progress.Figure(verification.Figure);
        }

        progress.Closing(
            $"{Environment} runs {release.Name} since {setup.Time.Clock(running.Since)}, "
                + $"{(verification.Verdict == Verdict.Pass ? "verified again" : "not verified")}."
        );
    }

    public async Task UnholdAsync(
        string release,
        string reason,
        IProgressReport progress,
        CancellationToken cancel
    )
    {
        // no lease: it changes nothing that runs, and must work while somebody deploys
        var ledger = await Ledger.OpenAsync(setup, cancel);
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw Wrong(
                $"Unhold wants to know why: ./build.sh Unhold{Where.Option()} "
                    + $"--release {release} --reason 'looked at it'"
            );
        }

        var held = ledger.History.Holds.Select(h => h.Release).ToList();
        var found = ReleaseReference.Find(held, release);
        if (found.Count != 1)
        {
            var names = (found.Count == 0 ? held : found).Select(r => $"{r.Name} ({r.What.Short})");
            var list = string.Join(", ", names);
            throw Wrong(
                found.Count > 0
                    ? $"{release} names {found.Count} held releases in {Environment}: {list}."
                : held.Count == 0 ? $"{release} is not held in {Environment}; nothing is."
                : $"{release} is not held in {Environment}. Held there: {list}."
            );
        }

        var freed = found[0];
        await ledger.AppendAsync(
            new LedgerEntry(LedgerKinds.Unhold)
            {
                Actor = setup.Actor,
                Release = LedgerRelease.Of(freed),
                Reason = reason,
            },
            null,
            cancel
        );
        progress.Figure($"{freed.Name}, {freed.What.Short}");
        progress.Closing(
            $"{freed.Name} may be deployed to {Environment} again: "
                + $"./build.sh Deploy{Where.Option()} --release {freed.Name}"
        );
    }

    public async Task StopAsync(IProgressReport progress, CancellationToken cancel)
    {
        await using var session = await Session.OpenAsync(
            setup,
            new LeaseRequest(setup, "Stop"),
            OpenAnyAsync,
            progress,
            cancel
        );
        var running = await session.SettleAsync(cancel);
        var name = session.Name(running?.Digest);
        if (running is not null)
        {
            await session.IntendAsync(
                new LedgerEntry(LedgerKinds.Intent)
                {
                    Operation = Operations.Stop,
                    Release = LedgerRelease.Of(session.Release(running.Digest)),
                    InsteadOf = running.Digest,
                }
            );
        }

        await session.Lease.CheckAsync(cancel);
        await setup.Platform.StopAsync(Where, session.Lease.Lease, cancel);
        setup.Reached(Steps.Applied);
        if (running is not null)
        {
            await session.EndAsync(
                new LedgerEntry(LedgerKinds.Stopped) { Reason = $"stopped by {setup.Actor}" }
            );
        }

        progress.Figure(running is null ? "nothing ran" : $"{name} ended");
        progress.Closing(
            running is null
                ? $"Nothing ran in {Environment}."
                : $"{name} was stopped in {Environment}. To start it again: "
                    + $"./build.sh Deploy{Where.Option()} --release {name}"
        );
    }

    // what runs can be ended although nobody can tell whether the ledger was cut; Status says that
    private static async Task<Ledger> OpenAnyAsync(DeployerSetup setup, CancellationToken cancel)
    {
        try
        {
            await setup.Platform.AnchorAsync(setup.Where, null, cancel);
        }
        catch (OutcomeException)
        {
            return await Ledger.OpenWithoutHeadAsync(setup, cancel);
        }

        return await Ledger.OpenAsync(setup, cancel);
    }

    private Task<Session> OpenAsync(
        string purpose,
        IProgressReport progress,
        CancellationToken cancel
    ) => Session.OpenAsync(setup, new LeaseRequest(setup, purpose), progress, cancel);

    // what never came through here in the first place does not become a rollback target by running well
    private static async Task RecordAsync(Session session, LedgerEntry entry, Release release)
    {
        var digest = release.What.Digest;
        if (session.History.WasVerified(digest) || session.History.IsUnverified(digest))
        {
            await session.AppendAsync(entry);
        }
    }

    private static OutcomeException Wrong(string message) => new(Outcome.Wrong, message);
}
