using TheaIA.Build.Tests.Given;

namespace TheaIA.Build.Tests;

public sealed class The_program_is_reached_as_it_was_called
{
    private static readonly string[] Awkward =
    [
        "Test",
        "--filter",
        "a b",
        "",
        "$HOME",
        "`id`",
        "\"quoted\"",
        "it's",
        "back\\slash\\",
        "*",
        "a=b",
        "-p:a=b",
        "--x:y",
        "-Foo:",
        "--%",
        "--",
        "@x",
        "ä",
        "-",
        "line\nbreak",
        "",
    ];

    [Fact]
    public async Task Arguments_pass_unchanged()
    {
        using var tiny = await TinyRepository.BuiltAsync();

        var ran = (await tiny.BuildAsync(Awkward)).ShouldEndWith(0);

        ran.Output.ShouldContain(string.Concat(Awkward.Select(a => $"<{a}>\n")));
    }

    [Fact]
    public async Task Arguments_pass_unchanged_through_a_cold_start_too()
    {
        using var tiny = TinyRepository.Fresh();

        var ran = (await tiny.BuildAsync(Awkward)).ShouldEndWith(0);

        ran.Output.ShouldContain(string.Concat(Awkward.Select(a => $"<{a}>\n")));
    }

    [Fact]
    public async Task Arguments_pass_unchanged_through_PowerShell()
    {
        using var tiny = await TinyRepository.BuiltAsync();

        var ran = (await tiny.PowerShellAsync(Awkward)).ShouldEndWith(0);

        ran.Output.ShouldContain(string.Concat(Awkward.Select(a => $"<{a}>\n")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(143)]
    public async Task The_exit_code_passes(int code)
    {
        using var tiny = await TinyRepository.BuiltAsync();

        (await tiny.BuildAsync("exit", $"{code}")).ExitCode.ShouldBe(code);
        (await tiny.PowerShellAsync("exit", $"{code}")).ExitCode.ShouldBe(code);
    }

    [Fact]
    public async Task The_program_takes_the_place_of_the_shell_so_that_a_signal_reaches_it()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        using var running = tiny.Start("wait", tiny.Scratch.At("waits"));
        await Running.UntilAsync(() => File.Exists(tiny.Scratch.At("waits")), "it waits");

        running.Signal("TERM");
        var ran = (await running.EndAsync()).ShouldEndWith(9);

        ran.Value("pid").ShouldBe($"{running.Id}");
        ran.Lines[^1].ShouldBe("asked to end");
    }

    [Fact]
    public async Task Standard_input_passes()
    {
        using var tiny = await TinyRepository.BuiltAsync();

        var ran = await Running.ToEndAsync(
            tiny.Root,
            tiny.Variables,
            "bash",
            "-c",
            "echo hello | ./build.sh read | cat"
        );

        ran.ShouldEndWith(0).Value("read").ShouldBe("hello");
    }

    [Fact]
    public async Task What_the_program_starts_finds_the_same_dotnet()
    {
        using var tiny = await TinyRepository.BuiltAsync();
        tiny.Variables["DOTNET_ROOT"] = tiny.Scratch.At("chosen");
        Directory.CreateSymbolicLink(
            tiny.Scratch.At("chosen"),
            Path.GetDirectoryName(Scratch.RealDotnet)!
        );

        var ran = (await tiny.BuildAsync("which", "dotnet")).ShouldEndWith(0);

        ran.Value("dotnet").ShouldBe(tiny.Scratch.At("chosen/dotnet"));
        tiny.Calls.ShouldBeEmpty();
    }
}
