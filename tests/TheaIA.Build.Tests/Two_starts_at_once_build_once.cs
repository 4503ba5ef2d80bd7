using TheaIA.Build.Tests.Given;

namespace TheaIA.Build.Tests;

public sealed class Two_starts_at_once_build_once
{
    private const string Waits = "Another run makes the build program here: waiting for it...";

    [Fact]
    public async Task The_second_waits_visibly_and_takes_the_first_ones_output()
    {
        using var tiny = TinyRepository.Fresh();
        using var first = tiny.Start("a");
        using var second = tiny.Start("b");

        var ran = await Task.WhenAll(first.EndAsync(), second.EndAsync());

        ran.ShouldAllBe(r => r.ExitCode == 0 && r.Lines[0] == "says=one");
        ran.Count(r => r.ErrorLines.Contains(Waits)).ShouldBe(1);
        tiny.Publishes.ShouldBe(1);
    }

    [Fact]
    public async Task So_it_is_with_PowerShell()
    {
        using var tiny = TinyRepository.Fresh();
        tiny.AtPublish = "sleep 4";
        using var first = tiny.Start("a");
        await Running.UntilAsync(() => tiny.Publishes == 1, "the first one publishes");
        using var second = tiny.StartPowerShell("b");

        var ran = await Task.WhenAll(first.EndAsync(), second.EndAsync());

        ran.ShouldAllBe(r => r.ExitCode == 0 && r.Lines[0] == "says=one");
        ran[1].ErrorLines.ShouldBe([Waits]);
        tiny.Publishes.ShouldBe(1);
    }

    [Fact]
    public async Task So_it_is_where_there_is_no_flock()
    {
        using var tiny = TinyRepository.Fresh();
        tiny.TakeDotnetAway();
        File.Delete(tiny.Scratch.At("few/flock"));
        tiny.Variables["PATH"] = tiny.Scratch.At("bin") + ":" + tiny.Variables["PATH"];
        tiny.Variables["HOME"] = Environment.GetEnvironmentVariable("HOME");
        using var first = tiny.Start("a");
        using var second = tiny.StartPowerShell("b");
        using var third = tiny.Start("c");

        var ran = await Task.WhenAll(first.EndAsync(), second.EndAsync(), third.EndAsync());

        ran.ShouldAllBe(r => r.ExitCode == 0 && r.Lines[0] == "says=one");
        tiny.Publishes.ShouldBe(1);
        tiny.Leftovers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("4194303\n")]
    [InlineData("")]
    public async Task A_lock_whose_holder_was_killed_holds_nobody_up(string holder)
    {
        using var tiny = TinyRepository.Fresh();
        tiny.TakeDotnetAway();
        File.Delete(tiny.Scratch.At("few/flock"));
        tiny.Variables["PATH"] = tiny.Scratch.At("bin") + ":" + tiny.Variables["PATH"];
        tiny.Variables["HOME"] = Environment.GetEnvironmentVariable("HOME");
        tiny.Write(".nuke/temp/program/lock.d/pid", holder);

        (await tiny.BuildAsync()).ShouldEndWith(0).Value("says").ShouldBe("one");

        tiny.Leftovers.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_program_itself_holds_no_lock()
    {
        using var tiny = TinyRepository.Fresh();
        using var running = tiny.Start("wait", tiny.Scratch.At("waits"));
        await Running.UntilAsync(() => File.Exists(tiny.Scratch.At("waits")), "it waits");
        tiny.Says("two");

        (await tiny.BuildAsync()).ShouldEndWith(0).Error.ShouldBeEmpty();

        running.Signal("TERM");
        (await running.EndAsync()).ShouldEndWith(9);
    }
}
