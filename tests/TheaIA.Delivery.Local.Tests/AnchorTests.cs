using TheaIA.Delivery.Local.Tests.Support;

namespace TheaIA.Delivery.Local.Tests;

public class AnchorTests
{
    [Fact]
    public async Task The_longest_head_is_kept()
    {
        await using var place = new TestPlace();
        (await Anchor(null)).ShouldBeNull();
        Directory.Exists(place.Folder.Root).ShouldBeFalse("reading leaves no trace");
        (await Anchor(new LedgerHead("a", 1))).ShouldBe(new LedgerHead("a", 1));
        (await Anchor(new LedgerHead("c", 3))).ShouldBe(new LedgerHead("c", 3));
        (await Anchor(new LedgerHead("b", 2))).ShouldBe(new LedgerHead("c", 3));
        (await Anchor(null)).ShouldBe(new LedgerHead("c", 3));

        Task<LedgerHead?> Anchor(LedgerHead? head) =>
            place.Platform.AnchorAsync(TestPlace.Where, head, Run.Cancel);
    }
}
