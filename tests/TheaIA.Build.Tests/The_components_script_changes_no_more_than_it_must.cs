using TheaIA.Build.Tests.Given;

namespace TheaIA.Build.Tests;

public sealed class The_components_script_changes_no_more_than_it_must : IDisposable
{
    private readonly TinyDebian _debian = new();

    [Fact]
    public async Task A_release_that_has_it_gets_no_other_source()
    {
        (await _debian.RunAsync("cosign", "docker")).ShouldEndWith(0);

        _debian.Installed.ShouldBe(["cosign", "docker.io iptables"]);
        File.Exists(_debian.TrixieSource).ShouldBeFalse();
    }

    [Theory]
    [InlineData(
        "a.sources",
        "Types: deb deb-src\n# x\nURIs: http://m/d http://n/d\nSuites: bookworm\n",
        "http://m/d"
    )]
    [InlineData(
        "a.sources",
        "Enabled: no\nTypes: deb\nURIs: http://x\nSuites: bookworm\n\nTypes: deb\nURIs: http://m\nSuites: bookworm\n",
        "http://m"
    )]
    [InlineData("a.list", "deb [arch=amd64] https://m/debian bookworm main\n", "https://m/debian")]
    [InlineData(
        "a.list",
        "# deb http://x bookworm main\ndeb cdrom:[Debian]/ bookworm main\ndeb-src http://y bookworm main\ndeb http://m/debian/ bookworm main contrib\n",
        "http://m/debian/"
    )]
    public async Task Another_release_comes_from_the_machines_own_mirror_and_is_pinned(
        string file,
        string sources,
        string mirror
    )
    {
        File.Delete(_debian.At("etc/apt/sources.list.d/own.sources"));
        _debian.Source(file, sources);
        _debian.Lacks("cosign");

        (await _debian.RunAsync("cosign", "oras")).ShouldEndWith(0);

        File.ReadAllText(_debian.TrixieSource)
            .ShouldBe(
                $"Types: deb\nURIs: {mirror}\nSuites: trixie\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n"
            );
        _debian
            .Read("etc/apt/preferences.d/theaia-trixie")
            .ShouldEndWith("Package: *\nPin: release n=trixie\nPin-Priority: 100\n");
        _debian.Installed.ShouldBe(["cosign", "oras"]);
    }

    [Fact]
    public async Task The_key_of_the_own_source_signs_the_other_too()
    {
        _debian.Write("etc/keys/house.gpg", "");
        _debian.Source(
            "own.sources",
            "Types: deb\nURIs: http://m\nSuites: bookworm\nSigned-By: /etc/keys/house.gpg\n"
        );
        _debian.Lacks("cosign");

        (await _debian.RunAsync("cosign")).ShouldEndWith(0);

        File.ReadAllText(_debian.TrixieSource).ShouldContain("Signed-By: /etc/keys/house.gpg\n");
    }

    [Fact]
    public async Task Another_distribution_is_told_to_name_a_mirror()
    {
        _debian.Write("etc/os-release", "ID=ubuntu\nVERSION_CODENAME=\"noble\"\n");
        _debian.Lacks("cosign");

        var ran = (await _debian.RunAsync("cosign")).ShouldEndWith(1);

        ran.Lines[1]
            .ShouldBe(
                "FAIL  cosign           this machine's package sources name no Debian mirror: DEBIAN_MIRROR=URL eng/components.sh cosign takes one"
            );
        _debian.Variables["DEBIAN_MIRROR"] = "http://named/debian";
        (await _debian.RunAsync("cosign")).ShouldEndWith(0);
        File.ReadAllText(_debian.TrixieSource).ShouldContain("URIs: http://named/debian\n");
    }

    [Fact]
    public async Task Nothing_is_upgraded_for_it()
    {
        _debian.Lacks("cosign");
        _debian.InAptGet(
            "case \" $* \" in *' -s '*) echo 'Inst libc6 [2.31-13] (2.41-12 Debian:13.1/stable [amd64])'; exit 0 ;; esac"
        );

        var ran = (await _debian.RunAsync("cosign")).ShouldEndWith(1);

        ran.Lines[1]
            .ShouldBe(
                "FAIL  cosign           Debian 13's cosign would upgrade packages of this release: install it by hand"
            );
        _debian.Installed.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_no_source_has_is_told()
    {
        _debian.Lacks("oras");
        _debian.InAptGet($"case \"$*\" in *SourceParts=-*) rm -f '{_debian.TrixieSource}' ;; esac");

        var ran = (await _debian.RunAsync("oras")).ShouldEndWith(1);

        ran.Lines[1].ShouldBe("FAIL  oras             no package source of this machine has oras");
    }

    [Fact]
    public async Task No_service_starts_then_or_later_and_the_policy_of_before_is_back()
    {
        _debian.Write("usr/sbin/policy-rc.d", "the machine's own");
        _debian.InAptGet($"tail -n 1 '{_debian.Policy}' >>'{_debian.Scratch.At("calls")}'");

        (await _debian.RunAsync("docker-registry")).ShouldEndWith(0);

        _debian.Calls.ShouldContain("exit 101");
        _debian.Calls.ShouldNotContain("the machine's own");
        _debian.Calls[^1].ShouldBe("systemctl --quiet disable docker-registry.service");
        _debian.Read("usr/sbin/policy-rc.d").ShouldBe("the machine's own");
        Directory.GetFiles(_debian.At("usr/sbin")).ShouldBe([_debian.Policy]);
    }

    [Fact]
    public async Task A_service_that_someone_has_enabled_stays_enabled()
    {
        File.WriteAllText(_debian.Scratch.At("bin/systemctl.enabled"), "");

        (await _debian.RunAsync("docker-registry")).ShouldEndWith(0);

        _debian.Calls.ShouldNotContain(c => c.Contains("disable", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("INT", 130)]
    public async Task Interrupted_it_leaves_the_policy_as_it_was(string signal, int code)
    {
        var installing = _debian.Scratch.At("installing");
        _debian.InAptGet($"case \"$*\" in *install*) : >'{installing}'; sleep 60 ;; esac");
        using var running = _debian.Start("oras");
        await Running.UntilAsync(() => File.Exists(installing), "apt-get install");
        File.Exists(_debian.Policy).ShouldBeTrue();

        running.Signal(signal, group: true);

        (await running.EndAsync()).ShouldEndWith(code);
        File.Exists(_debian.Policy).ShouldBeFalse();
    }

    [Fact]
    public async Task After_a_kill_minus_9_the_next_run_mends_the_policy()
    {
        _debian.Write("usr/sbin/policy-rc.d", "the machine's own");
        var installing = _debian.Scratch.At("installing");
        _debian.InAptGet($"case \"$*\" in *install*) : >'{installing}'; sleep 60 ;; esac");
        using (var killed = _debian.Start("oras"))
        {
            await Running.UntilAsync(() => File.Exists(installing), "apt-get install");
            killed.Signal("KILL", group: true);
            (await killed.EndAsync()).ShouldEndWith(137);
        }
        _debian.Read("usr/sbin/policy-rc.d").ShouldContain("exit 101");
        _debian.InAptGet("");

        (await _debian.RunAsync("oras")).ShouldEndWith(0);

        _debian.Read("usr/sbin/policy-rc.d").ShouldBe("the machine's own");
    }

    [Fact]
    public async Task A_second_run_waits_and_says_so()
    {
        var installing = _debian.Scratch.At("installing");
        var go = _debian.Scratch.At("go");
        _debian.InAptGet(
            $"case \"$*\" in *install*) : >'{installing}'; while [ ! -e '{go}' ]; do sleep 0.05; done ;; esac"
        );
        using var first = _debian.Start("oras");
        await Running.UntilAsync(() => File.Exists(installing), "apt-get install");
        var second = _debian.RunAsync("cosign");
        await Task.Delay(300, TestContext.Current.CancellationToken);
        second.IsCompleted.ShouldBeFalse();

        File.WriteAllText(go, "");

        (await first.EndAsync()).ShouldEndWith(0);
        (await second)
            .ShouldEndWith(0)
            .Lines[0]
            .ShouldBe("Another eng/components.sh installs: waiting for it.");
    }

    public void Dispose() => _debian.Dispose();
}
