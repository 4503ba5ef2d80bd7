using TheaIA.Build.Tests.Given;

namespace TheaIA.Build.Tests;

public sealed class The_last_three_programs_are_kept
{
    [Fact]
    public async Task Those_used_last_stay_and_so_does_one_that_runs()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        var one = tiny.Current;
        using var running = tiny.Start("wait", tiny.Scratch.At("waits"));
        await Running.UntilAsync(() => File.Exists(tiny.Scratch.At("waits")), "it waits");
        var two = await SaysAsync(tiny, "two");
        var three = await SaysAsync(tiny, "three");
        var four = await SaysAsync(tiny, "four");
        // used again, so not the oldest any more
        (await SaysAsync(tiny, "two")).ShouldBe(two);

        var five = await SaysAsync(tiny, "five");

        tiny.Programs.ShouldBe([one, two, four, five], ignoreOrder: true);
        running.Signal("TERM");
        (await running.EndAsync()).ShouldEndWith(9);

        var six = await SaysAsync(tiny, "six");

        tiny.Programs.ShouldBe([two, five, six], ignoreOrder: true);
        tiny.Programs.ShouldNotContain(three);
    }

    [Fact]
    public async Task PowerShell_keeps_them_too()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        var two = await SaysAsync(tiny, "two");
        var three = await SaysAsync(tiny, "three");
        tiny.Says("four");

        (await tiny.PowerShellAsync()).ShouldEndWith(0).Value("says").ShouldBe("four");

        tiny.Programs.ShouldBe([two, three, tiny.Current], ignoreOrder: true);
    }

    private static async Task<string> SaysAsync(TinyRepository tiny, string word)
    {
        tiny.Says(word);
        (await tiny.BuildAsync()).ShouldEndWith(0).Value("says").ShouldBe(word);
        return tiny.Current;
    }
}
