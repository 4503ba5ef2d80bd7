using TheaIA.Abstractions;
using TheaIA.Delivery.Local.Tests.Support;

namespace TheaIA.Delivery.Local.Tests;

public class AnchorTests
{
    [Theory]
    [InlineData("")]
    [InlineData("{")]
    public async Task A_broken_head_is_named_and_stays(string head)
    {
        await using var place = new TestPlace();
        Directory.CreateDirectory(place.Folder.Root);
        await File.WriteAllTextAsync(place.Folder.LedgerHead, head, Run.Cancel);
        foreach (var asked in (LedgerHead?[])[null, new LedgerHead("a", 1)])
        {
            var error = await Should.ThrowAsync<OutcomeException>(() =>
                place.Platform.AnchorAsync(TestPlace.Where, asked, Run.Cancel)
            );
            error.Message.ShouldBe(
                $"{place.Folder.LedgerHead} is broken: it is not what was written there. Move it away, then ./build.sh Status."
            );
        }
        (await File.ReadAllTextAsync(place.Folder.LedgerHead, Run.Cancel)).ShouldBe(head);
    }

    [Fact]
    public async Task What_a_killed_run_wrote_aside_is_removed_and_what_a_living_one_did_is_not()
    {
        await using var place = new TestPlace();
        Directory.CreateDirectory(place.Folder.Root);
        var (dead, alive) = (
            place.Folder.Fence + ".999999999.new",
            place.Folder.Fence + $".{Environment.ProcessId}.new"
        );
        await File.WriteAllTextAsync(dead, "7", Run.Cancel);
        await File.WriteAllTextAsync(alive, "8", Run.Cancel);
        await place.Platform.ReapAsync(TestPlace.Where, Run.Cancel);
        (File.Exists(dead), File.Exists(alive)).ShouldBe((false, true));
        await File.WriteAllTextAsync(dead, "7", Run.Cancel);
        await place.Platform.AnchorAsync(TestPlace.Where, new LedgerHead("a", 1), Run.Cancel);
        File.Exists(dead).ShouldBeFalse();
    }

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
