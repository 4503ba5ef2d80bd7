using TheaIA.Build.Tests.Given;

namespace TheaIA.Build.Tests;

public sealed class Without_an_SDK_it_gets_one_or_says_so
{
    private const string Sentence =
        "There is no .NET SDK here (global.json wants 10.0.100 or newer) and it could not be downloaded: install it from https://dotnet.microsoft.com/download, or put dotnet on PATH.\n";

    [Theory]
    [InlineData("Test")]
    [InlineData("Rollback")]
    public async Task When_there_is_no_network_one_sentence_says_what_to_do(string target)
    {
        using var tiny = TinyRepository.Fresh();
        tiny.TakeDotnetAway();

        var ran = (await tiny.BuildAsync(target)).ShouldEndWith(2);

        ran.Error.ShouldBe(Sentence);
        ran.Output.ShouldBeEmpty();
        (await tiny.PowerShellAsync(target)).ShouldEndWith(2).Error.ShouldBe(Sentence);
    }

    [Fact]
    public async Task When_neither_curl_nor_wget_is_there_it_is_the_same_sentence()
    {
        using var tiny = TinyRepository.Fresh();
        tiny.TakeDotnetAway();
        File.Delete(tiny.Scratch.At("few/curl"));

        (await tiny.BuildAsync()).ShouldEndWith(2).Error.ShouldBe(Sentence);
    }

    [Fact]
    public async Task When_the_one_on_PATH_is_too_old_the_one_at_home_is_taken()
    {
        using var tiny = TinyRepository.Fresh();
        tiny.Scratch.Program("bin/dotnet", "exit 145");
        tiny.Scratch.Program("home/.dotnet/dotnet", $"exec '{Scratch.RealDotnet}' \"$@\"");
        tiny.Variables["HOME"] = tiny.Scratch.At("home");
        tiny.Variables["NUGET_PACKAGES"] = tiny.Scratch.At("packages");

        var ran = (await tiny.BuildAsync("which", "dotnet")).ShouldEndWith(0);
        var again = (await tiny.BuildAsync("which", "dotnet")).ShouldEndWith(0);

        ran.Value("dotnet").ShouldBe(tiny.Scratch.At("home/.dotnet/dotnet"));
        again.Value("dotnet").ShouldBe(tiny.Scratch.At("home/.dotnet/dotnet"));
    }

    [Fact]
    public async Task When_there_is_a_network_Microsofts_script_installs_the_one_of_global_json()
    {
        using var tiny = TinyRepository.Fresh();
        tiny.TakeDotnetAway("touch");
        File.Delete(tiny.Scratch.At("few/curl"));
        // the network's part: a curl that writes an install script, which makes a dotnet
        tiny.Scratch.Program(
            "few/curl",
            $$"""
            while [ "$1" != -o ]; do shift; done
            echo "$3" >'{{tiny.Scratch.At("address")}}'
            cat >"$2" <<'SCRIPT'
            echo "$*" >'{{tiny.Scratch.At("arguments")}}'
            while [ "$1" != --install-dir ]; do shift; done
            mkdir "$2" && printf '#!/usr/bin/env bash\nexec "{{Scratch.RealDotnet}}" "$@"\n' >"$2/dotnet" && chmod +x "$2/dotnet"
            SCRIPT
            """
        );

        var ran = (await tiny.BuildAsync("which", "dotnet")).ShouldEndWith(0);

        File.ReadAllText(tiny.Scratch.At("address"))
            .ShouldBe("https://dot.net/v1/dotnet-install.sh\n");
        File.ReadAllText(tiny.Scratch.At("arguments"))
            .ShouldMatch(
                $"^--jsonfile {tiny.Root}/global.json --install-dir {tiny.Root}/.nuke/temp/dotnet.[0-9]+ --no-path\n$"
            );
        ran.Value("dotnet").ShouldBe(tiny.At(".nuke/temp/dotnet/dotnet"));
        ran.ErrorLines[0]
            .ShouldMatch(
                @"^Installing the \.NET SDK 10\.0\.100 into \.nuke/temp/dotnet\.\.\. \d+ s$"
            );
        Directory
            .GetFileSystemEntries(tiny.At(".nuke/temp"))
            .Select(Path.GetFileName)
            .Order(StringComparer.Ordinal)
            .ShouldBe(["dotnet", "program", "program-obj"]);
    }

    [Fact]
    public async Task When_the_download_breaks_off_nothing_half_installed_stays()
    {
        using var tiny = TinyRepository.Fresh();
        tiny.TakeDotnetAway();
        File.Delete(tiny.Scratch.At("few/curl"));
        tiny.Scratch.Program(
            "few/curl",
            """
            while [ "$1" != -o ]; do shift; done
            echo 'while [ "$1" != --install-dir ]; do shift; done; mkdir "$2"; exit 1' >"$2"
            """
        );

        var ran = (await tiny.BuildAsync()).ShouldEndWith(2);

        ran.Error.ShouldEndWith(Sentence);
        Directory
            .GetFileSystemEntries(tiny.At(".nuke/temp"))
            .Select(Path.GetFileName)
            .ShouldBe(["program"]);
    }
}
