using System.Text;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Signing.Reading;
using TheaIA.Delivery.Oci.Signing.Trust;
using TheaIA.Delivery.Oci.Tests.Signing.Given;

namespace TheaIA.Delivery.Oci.Tests.Signing;

public sealed class The_newest_statement_counts : IDisposable
{
    private const string Early = "2026-11-28T10:00:00.000Z";
    private const string Late = "2026-11-28T11:00:00.000Z";

    private readonly TestKey key = new();
    private readonly MemoryRegistry registry = new();

    [Theory]
    [InlineData("pass", "fail", Verdict.Fail)]
    [InlineData("fail", "pass", Verdict.Pass)]
    [InlineData("pass", "unknown", Verdict.Unknown)]
    [InlineData("fail", "unknown", Verdict.Unknown)]
    public void By_its_own_time_in_whatever_order_it_lies(
        string early,
        string late,
        Verdict verdict
    )
    {
        var (old, fresh) = (One(early, Early), One(late, Late));

        Of(old, fresh).ShouldBe(verdict);
        Of(fresh, old).ShouldBe(verdict);
    }

    [Theory]
    [InlineData("pass", "fail", Verdict.Fail)]
    [InlineData("fail", "pass", Verdict.Pass)]
    public void Without_a_time_by_the_order_of_cosign_2(
        string first,
        string second,
        Verdict verdict
    ) => Of(One(first), One(second)).ShouldBe(verdict);

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(Early, null, false)]
    [InlineData(null, Late, false)]
    [InlineData(Late, Late, false)]
    public void Where_nobody_can_say_the_fail_counts(string? pass, string? fail, bool bundled)
    {
        var (good, bad) = (One("pass", pass, bundled), One("fail", fail, bundled));

        Of(good, bad).ShouldBe(Verdict.Fail);
        Of(bad, good).ShouldBe(Verdict.Fail);
    }

    [Fact]
    public void Of_nothing_none_counts()
    {
        Newest.Of(registry.Release, []).ShouldBeNull();
        Newest
            .Of(registry.Release, [Judged(PredicateTypes.Index, "{}", bundled: false)])
            .ShouldBeNull();
    }

    public void Dispose() => key.Dispose();

    private Verdict Of(params Judged[] judged) =>
        Newest.Of(registry.Release, judged)!.Check.Verdict;

    private Judged One(string verdict, string? measuredOn = null, bool bundled = false) =>
        Judged(PredicateTypes.Lint, Said.Lint(verdict, measuredOn).Predicate, bundled);

    private Judged Judged(string type, string predicate, bool bundled) =>
        new(
            DsseStatement.Read(
                Encoding.UTF8.GetBytes(key.Envelope(registry.What.Digest, type, predicate)),
                null,
                bundled
            ),
            "cosign.pub",
            null
        );
}
