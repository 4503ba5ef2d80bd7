namespace TheaIA.Build.Tests.Given;

/// <summary>
/// A machine for eng/components.sh, without a network or root: a root folder of its own, and a PATH of
/// stand-ins for what installs. apt-get notes each call in `calls`, and what it "installs" is on PATH.
/// </summary>
public sealed class TinyDebian : IDisposable
{
    private static readonly string[] Plain =
    [
        .. "awk basename bash cat chmod cp cut date df dirname env find flock grep gzip head ln mkdir mktemp mv readlink rm sed sha256sum sleep sort stat tail tar tee tr".Split(
            ' '
        ),
    ];

    public TinyDebian()
    {
        Copy("eng/components.sh");
        Copy("eng/components/packages.sh");
        Copy("eng/components/folders.sh");
        Copy(".config/dotnet-tools.json");
        Write("etc/os-release", "ID=debian\nVERSION_CODENAME=bookworm\n");
        Write("usr/share/keyrings/debian-archive-keyring.gpg", "");
        Source("own.sources", Deb822("http://mirror.example/debian"));
        Variables["PATH"] =
            $"{Scratch.At("bin")}:{Scratch.At("root/usr/bin")}:{Scratch.OnlyPrograms("few", Plain)}";
        Variables["THEAIA_COMPONENTS_ROOT"] = Scratch.At("root");
        Variables["NUGET_PACKAGES"] = Scratch.At("packages");
        Variables["DEBIAN_MIRROR"] = "";
        IsUser(0);
        Scratch.Program("bin/apt-get", AptGet);
        Scratch.Program(
            "bin/apt-cache",
            $$"""
            case $1 in
              policy) if grep -qsxF "$2" '{{Scratch.At(
                "lacks"
            )}}' && [ ! -e '{{TrixieSource}}' ]; then v='(none)'; else v=1.2.3; fi; printf '%s:\n  Installed: (none)\n  Candidate: %s\n' "$2" "$v" ;;
              pkgnames) printf '%s\n' libicu72 libicu76 libicu-dev libssl3 libssl3t64 ;;
              madison) case $2 in *76 | *t64) suite=trixie ;; *) suite=bookworm ;; esac; printf ' %s | 1.2.3 | http://mirror.example/debian %s/main amd64 Packages\n' "$2" $suite ;;
            esac
            """
        );
        Scratch.Program("bin/dpkg-query", "printf 1.2.3");
        Scratch.Program("bin/dpkg", "echo amd64");
        Scratch.Program(
            "bin/dpkg-deb",
            """case $1 in -x) mkdir -p "$3/usr/bin" && printf '#!/bin/sh\n' >"$3/usr/bin/cosign" && chmod 755 "$3/usr/bin/cosign" ;; -f) echo 3.1.1-2 ;; esac"""
        );
        Scratch.Program(
            "bin/systemctl",
            Noted("""case $2 in is-enabled) [ -e "$0.enabled" ] ;; esac""")
        );
        // unshare OPTIONS COMMAND...
        Scratch.Program(
            "bin/unshare",
            """while [ "${1#-}" != "$1" ]; do if [ "$1" = --propagation ]; then shift; fi; shift; done; exec "$@" """
        );
    }

    public Scratch Scratch { get; } = new();

    public Dictionary<string, string?> Variables { get; } = new(StringComparer.Ordinal);

    public string[] Calls =>
        File.Exists(Scratch.At("calls")) ? File.ReadAllLines(Scratch.At("calls")) : [];

    /// <summary>The packages that apt-get was told to install, in one word list a call.</summary>
    public string[] Installed =>
        [
            .. Calls
                .Where(c => c.StartsWith("apt-get", StringComparison.Ordinal))
                .Where(c =>
                    c.Contains(" install ", StringComparison.Ordinal)
                    && !c.Contains(" -s ", StringComparison.Ordinal)
                )
                .Select(c => c[(c.LastIndexOf("--", StringComparison.Ordinal))..])
                .Select(c => c[(c.IndexOf(' ', StringComparison.Ordinal) + 1)..]),
        ];

    public string TrixieSource => At("etc/apt/sources.list.d/theaia-trixie.sources");

    public string Policy => At("usr/sbin/policy-rc.d");

    public static string Deb822(string mirror) =>
        $"Types: deb\nURIs: {mirror}\nSuites: bookworm bookworm-updates\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n";

    /// <summary>A path in the machine's root folder.</summary>
    public string At(string path) => Scratch.At(Path.Combine("root", path));

    public string Read(string path) => File.ReadAllText(At(path));

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    public void Source(string file, string text) => Write($"etc/apt/sources.list.d/{file}", text);

    public void IsUser(int id) => Scratch.Program("bin/id", $"echo {id}");

    /// <summary>A program that is on this machine from the start.</summary>
    public void Has(params string[] programs)
    {
        foreach (var program in programs)
        {
            Scratch.Program($"root/usr/bin/{program}", "echo version 9.8.7");
        }
    }

    /// <summary>Packages that the machine's own release does not have.</summary>
    public void Lacks(params string[] packages) =>
        File.WriteAllLines(Scratch.At("lacks"), packages);

    /// <summary>Bash that runs in each apt-get, with its arguments, before it does what it stands for.</summary>
    public void InAptGet(string text) => File.WriteAllText(Scratch.At("hook"), text);

    /// <summary>A stand-in that notes its calls, and then runs this.</summary>
    public void Stand(string program, string text) =>
        Scratch.Program($"bin/{program}", Noted(text));

    public Task<Ran> RunAsync(params string[] arguments) =>
        Running.ToEndAsync(Scratch.Folder, Variables, [Script, .. arguments]);

    public Running Start(params string[] arguments) =>
        Running.Start(Scratch.Folder, Variables, [Script, .. arguments]);

    public void Dispose() => Scratch.Dispose();

    private string Script => Scratch.At("repo/eng/components.sh");

    // programs by the packages that have them
    private string AptGet =>
        Noted(
            $$"""
            hook='{{Scratch.At("hook")}}'
            if [ -f "$hook" ]; then . "$hook"; fi
            verb=''
            for argument in "$@"; do
              case $argument in
                -s) exit 0 ;;
                update | install | download) verb=$argument ;;
                -*) ;;
                *) case $verb in
                  download) : >"cosign_3.1.1-2_amd64.deb" ;;
                  install)
                    case $argument in
                      docker.io) names='docker dockerd' ;;
                      awscli) names=aws ;;
                      prometheus) names='prometheus promtool' ;;
                      prometheus-alertmanager) names='prometheus-alertmanager amtool' ;;
                      *) names=$argument ;;
                    esac
                    mkdir -p '{{At("usr/bin")}}'
                    for name in $names; do printf '#!/bin/sh\n' >'{{At("usr/bin")}}'/$name && chmod 755 '{{At(
                "usr/bin"
            )}}'/$name; done ;;
                esac ;;
              esac
            done
            """
        );

    private string Noted(string text) =>
        $"printf '%s %s\\n' \"${{0##*/}}\" \"$*\" >>'{Scratch.At("calls")}'\n{text}";

    private void Copy(string file)
    {
        var to = Scratch.At(Path.Combine("repo", file));
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(Path.Combine(Scratch.RepositoryRoot, file), to);
    }
}
