using TheaIA.Abstractions;
using TheaIA.Delivery.Tests.World;

namespace TheaIA.Delivery.Tests.LedgerRules;

/// <summary>A ledger that was changed is named by line, and nothing is done.</summary>
public sealed class LedgerTamperTests : IAsyncLifetime
{
    private readonly TestWorld _world = new();

    public async ValueTask InitializeAsync()
    {
        await _world.DeployAsync(TestWorld.Release("aaaaaa1"));
        await _world.DeployAsync(TestWorld.Release("bbbbbb2"));
        await _world.DeployAsync(TestWorld.Release("cccccc3"));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("\"prev\":\"", 1)]
    [InlineData("\"actor\":\"", 1)]
    [InlineData("\"hash\":\"", 1)]
    public async Task When_a_line_is_changed_it_is_named(string where, int line)
    {
        var at = _world.Lines[line].IndexOf(where, StringComparison.Ordinal) + where.Length;
        _world.Lines[line] =
            _world.Lines[line][..at]
            + (_world.Lines[line][at] == 'x' ? 'y' : 'x')
            + _world.Lines[line][(at + 1)..];

        await ShouldRefuseAsync("line 2 is not what was written");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData(
        "no JSON at all, but long enough to have a hash at its end, were it a line of this ledger"
    )]
    public async Task When_a_line_is_none_it_is_named(string line)
    {
        _world.Lines[3] = line;

        await ShouldRefuseAsync("line 4 is not what was written");
    }

    [Theory]
    [InlineData("{\"seq\":4}")]
    [InlineData("{\"seq\":4,\"kind\":\"intent\",\"at\":\"yesterday\"}")]
    [InlineData("{null}")]
    public async Task When_a_line_has_a_right_hash_and_is_no_entry_it_is_named(string text)
    {
        _world.Lines[3] = Signed(text);

        await ShouldRefuseAsync("line 4 is not what was written");
    }

    [Fact]
    public async Task When_a_line_is_removed_it_is_named()
    {
        _world.Lines.RemoveAt(2);

        await ShouldRefuseAsync("line 3 is missing");
    }

    [Fact]
    public async Task When_the_first_line_is_removed_it_is_named()
    {
        _world.Lines.RemoveAt(0);

        await ShouldRefuseAsync("line 1 is missing");
    }

    [Fact]
    public async Task When_lines_are_reordered_the_first_that_is_not_there_is_named()
    {
        (_world.Lines[2], _world.Lines[3]) = (_world.Lines[3], _world.Lines[2]);

        await ShouldRefuseAsync("line 3 is missing");
    }

    [Fact]
    public async Task When_a_line_is_rewritten_with_a_hash_of_its_own_the_next_one_tells()
    {
        _world.Lines[1] = Rewritten(_world.History.Entries[1]);

        await ShouldRefuseAsync("line 2 is not what was written");
    }

    [Fact]
    public async Task When_the_whole_chain_is_rewritten_the_platform_tells()
    {
        var last = _world.History.Entries[^1];
        _world.Lines[^1] = Rewritten(last);

        await ShouldRefuseAsync("line 6 is not what was written");
    }

    [Theory]
    [InlineData(1, "it was cut short, line 6 is missing")]
    [InlineData(3, "it was cut short, lines 4 to 6 are missing")]
    [InlineData(6, "it was cut short, lines 1 to 6 are missing")]
    public async Task When_it_is_cut_short_the_platform_tells(int lines, string says)
    {
        _world.Lines.RemoveRange(_world.Lines.Count - lines, lines);

        await ShouldRefuseAsync(says);
    }

    [Fact]
    public async Task When_a_run_was_killed_between_the_line_and_its_anchor_nothing_is_wrong()
    {
        _world.Anchor = new LedgerHead(_world.History.Entries[3].Hash, 4);

        var person = _world.Person();
        await person.RecoverAsync();

        person.Outcome.ShouldBe(Outcome.Done);
    }

    [Fact]
    public async Task When_another_run_appends_between_the_two_reads_nothing_is_wrong()
    {
        // the anchor is read first: the other order would see a ledger shorter than its anchor
        var person = _world.Person(with: s => s with { Platform = new Late(s.Platform, _world) });

        await person.RecoverAsync();

        person.Outcome.ShouldBe(Outcome.Done);
    }

    [Fact]
    public async Task When_the_platform_never_kept_a_head_the_chain_alone_counts()
    {
        _world.Anchor = null;
        var person = _world.Person();

        await person.RecoverAsync();

        person.Outcome.ShouldBe(Outcome.Done);
    }

    [Fact]
    public void When_a_line_is_written_it_can_be_read_and_says_what_it_is()
    {
        _world
            .Lines[0]
            .ShouldStartWith(
                "{\"kind\":\"intent\",\"seq\":1,\"prev\":\"\",\"at\":\"2026-11-24T14:03:00.000Z\""
            );
        _world.Lines[0].ShouldContain("\"version\":\"0.1.0+aaaaaa1\"");
        LedgerLine.Write(_world.History.Entries[0]).Line.ShouldBe(_world.Lines[0]);
    }

    [Fact]
    public async Task When_the_head_is_broken_only_Stop_goes_on_and_Status_shows_what_it_can()
    {
        _world.AnchorBroken = "places/ledger-head is broken.";

        (await _world.RollbackAsync()).ShouldBe("exit 1: places/ledger-head is broken.");
        var status = await _world.Person().Deployer.StatusAsync(CancellationToken.None);
        status.Trouble.ShouldBe("places/ledger-head is broken.");
        (status.Runs?.Name, status.NextUndo?.Name).ShouldBe(("cccccc3", "bbbbbb2"));
        (await _world.Person().StopAsync()).ShouldContain("cccccc3 was stopped in development.");
        _world.Runs.ShouldBeNull();
    }

    [Fact]
    public async Task When_the_head_was_moved_away_whoever_finds_the_ledger_whole_keeps_one_anew()
    {
        var head = _world.Anchor;
        _world.Anchor = null;

        var status = await _world.Person().Deployer.StatusAsync(CancellationToken.None);

        status.Trouble.ShouldBeNull();
        _world.Anchor.ShouldBe(head);
        _world.Lines.RemoveAt(_world.Lines.Count - 1);
        await ShouldRefuseAsync("it was cut short, line 6 is missing");
    }

    [Fact]
    public async Task When_something_runs_and_the_ledger_is_gone_with_its_head_Status_says_so()
    {
        _world.Lines.Clear();
        _world.Anchor = null;

        var status = await _world.Person().Deployer.StatusAsync(CancellationToken.None);

        status.Trouble.ShouldBe(
            "theaia-api in development runs sha256:cccccc3ccccc, but its ledger is missing or empty. "
                + "Put a copy of $THEAIA_STATE/ledger/theaia-api/development.jsonl back, then ./build.sh Status."
        );
        _world.Anchor.ShouldBeNull();
    }

    private async Task ShouldRefuseAsync(string what)
    {
        var says =
            $"The ledger of theaia-api in development was changed: {what}. Nothing was done. Put a copy "
            + "of $THEAIA_STATE/ledger/theaia-api/development.jsonl back, then ./build.sh Status.";
        var (lines, ran) = (_world.Lines.ToList(), _world.Ran.Count);
        Func<Person, Task<string>>[] commands =
        [
            p => p.DeployAsync(TestWorld.Release("ddddd44")),
            p => p.RollbackAsync(),
            p => p.RecoverAsync(),
            p => p.UnholdAsync("aaaaaa1"),
            p => p.StopAsync(),
            p => p.SeeAsync(c => p.Deployer.HeldAsync("aaaaaa1", c)),
        ];
        foreach (var command in commands)
        {
            (await command(_world.Person())).ShouldBe($"exit 1: {says}");
        }

        // Status shows what can be known all the same
        var status = await _world.Person().Deployer.StatusAsync(CancellationToken.None);
        (status.Trouble, status.Healthy).ShouldBe((says, true));
        _world.Lines.ShouldBe(lines);
        _world.Ran.Count.ShouldBe(ran);
    }

    private static string Rewritten(LedgerEntry entry) =>
        LedgerLine.Write(entry with { Actor = "somebody else" }).Line;

    private static string Signed(string text)
    {
        var hash = System.Security.Cryptography.SHA256.HashData(
            System.Text.Encoding.UTF8.GetBytes(text)
        );
        return $"{text[..^1]},\"hash\":\"{Convert.ToHexStringLower(hash)}\"}}";
    }

    /// <summary>Another run appends right after the anchor was read.</summary>
    private sealed class Late(IPlatform platform, TestWorld world) : IPlatform
    {
        private bool _done;

        public string Address => platform.Address;

        public async Task<LedgerHead?> AnchorAsync(
            Place place,
            LedgerHead? head,
            CancellationToken cancel
        )
        {
            var kept = await platform.AnchorAsync(place, head, cancel);
            if (!_done)
            {
                _done = true;
                await world.Person("ops-2").VerifyAsync();
            }

            return kept;
        }

        public Task CheckAsync(Place place, CancellationToken cancel) =>
            platform.CheckAsync(place, cancel);

        public Task<Running?> RunningAsync(Place place, CancellationToken cancel) =>
            platform.RunningAsync(place, cancel);

        public Task ApplyAsync(
            Permit permit,
            Lease lease,
            IProgressReport progress,
            CancellationToken cancel
        ) => platform.ApplyAsync(permit, lease, progress, cancel);

        public Task<IReadOnlyList<Check>> VerifyAsync(
            Place place,
            string digest,
            CancellationToken cancel
        ) => platform.VerifyAsync(place, digest, cancel);

        public Task<IReadOnlyList<string>> ReapAsync(Place place, CancellationToken cancel) =>
            platform.ReapAsync(place, cancel);

        public Task TidyAsync(
            Place place,
            IReadOnlyCollection<string> keep,
            CancellationToken cancel
        ) => platform.TidyAsync(place, keep, cancel);

        public Task<bool> CanStartAsync(Claim claim, Place place, CancellationToken cancel) =>
            platform.CanStartAsync(claim, place, cancel);

        public Task<IReadOnlyList<string>> LogsAsync(
            Place place,
            int lines,
            CancellationToken cancel
        ) => platform.LogsAsync(place, lines, cancel);

        public Task<bool> StopAsync(Place place, Lease lease, CancellationToken cancel) =>
            platform.StopAsync(place, lease, cancel);
    }
}
