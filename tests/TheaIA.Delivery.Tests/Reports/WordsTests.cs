using Microsoft.Extensions.Time.Testing;
using TheaIA.Delivery.Tests.World;

namespace TheaIA.Delivery.Tests.Reports;

public sealed class WordsTests
{
    [Theory]
    [InlineData(0.04, "0.0 s")]
    [InlineData(1.94, "1.9 s")]
    [InlineData(9.96, "10 s")]
    [InlineData(72, "72 s")]
    [InlineData(119.4, "119 s")]
    [InlineData(192, "3 min 12 s")]
    [InlineData(420, "7 min")]
    public void When_a_time_is_said_it_is_in_a_persons_words(double seconds, string says) =>
        TimeSpan.FromSeconds(seconds).Short().ShouldBe(says);

    [Theory]
    [InlineData(3.2, "4 s")]
    [InlineData(-1, "0 s")]
    [InlineData(90, "90 s")]
    public void When_a_limit_is_said_it_has_no_decimals(double seconds, string says) =>
        TimeSpan.FromSeconds(seconds).Rough().ShouldBe(says);

    [Fact]
    public void When_a_moment_is_said_it_is_the_readers_hour()
    {
        var time = new FakeTimeProvider(new(2026, 11, 24, 23, 30, 0, TimeSpan.Zero));
        time.SetLocalTimeZone(
            TimeZoneInfo.CreateCustomTimeZone("x", TimeSpan.FromHours(1), "x", "x")
        );

        time.Clock(new(2026, 11, 24, 23, 10, 0, TimeSpan.Zero)).ShouldBe("00:10");
        time.Clock(new(2026, 11, 24, 22, 10, 0, TimeSpan.Zero)).ShouldBe("24 Nov 23:10");
    }

    [Theory]
    [InlineData("ops-1@host", "host", "ops-1")]
    [InlineData("ops-1@theaia.com", "host", "ops-1@theaia.com")]
    public void When_a_person_is_named_his_machine_is_left_out(
        string person,
        string machine,
        string actor
    )
    {
        var setup = new TestWorld().Person().Setup;

        (setup with { Owner = new LeaseOwner(person, machine, 1, 1) }).Actor.ShouldBe(actor);
    }

    [Fact]
    public void When_a_log_has_several_last_lines_they_stand_below_each_other()
    {
        Sentences.LastLines(["one", "two"]).ShouldBe(["last log lines:", "  one", "  two"]);
        Sentences.LastLines([]).ShouldBeEmpty();
    }

    [Fact]
    public void When_an_address_has_no_scheme_it_is_said_as_it_is()
    {
        var platform = new Elsewhere(new TestWorld().Person().Setup.Platform);

        platform.Host().ShouldBe("somewhere:1");
    }

    private sealed class Elsewhere(IPlatform platform) : IPlatform
    {
        public string Address => "somewhere:1";

        public Task CheckAsync(Place place, CancellationToken cancel) =>
            platform.CheckAsync(place, cancel);

        public Task<Running?> RunningAsync(Place place, CancellationToken cancel) =>
            platform.RunningAsync(place, cancel);

        public Task ApplyAsync(
            Permit permit,
            Lease lease,
            Abstractions.IProgressReport progress,
            CancellationToken cancel
        ) => platform.ApplyAsync(permit, lease, progress, cancel);

        public Task<IReadOnlyList<Check>> VerifyAsync(
            Place place,
            string digest,
            CancellationToken cancel
        ) => platform.VerifyAsync(place, digest, cancel);

        public Task<IReadOnlyList<string>> ReapAsync(Place place, CancellationToken cancel) =>
            platform.ReapAsync(place, cancel);

        public Task<LedgerHead?> AnchorAsync(
            Place place,
            LedgerHead? head,
            CancellationToken cancel
        ) => platform.AnchorAsync(place, head, cancel);

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
