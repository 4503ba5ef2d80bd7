using System.Text.RegularExpressions;

namespace TheaIA.Delivery.Tests.Evidence;

/// <summary>verify.sh as an auditor runs it: bash, openssl and a folder, nothing of ours.</summary>
[Trait("Real", "openssl")]
public sealed partial class VerifyScriptTests : IDisposable
{
    private const string Tests = "statements/05-tests";
    private readonly SignedRelease _release = new();

    public void Dispose() => _release.Dispose();

    [Fact]
    public async Task What_was_collected_holds()
    {
        var folder = await FolderAsync();

        var (code, output) = await folder.VerifyAsync();

        code.ShouldBe(0, output);
        output.ShouldStartWith($"Evidence of {_release.What.Digest}\n");
        output.ShouldContain("ok    20 files are as index.json lists them\n");
        output.ShouldContain(
            "ok    the image is whole: manifest, configuration, layers (3 blobs)\n"
        );
        output.ShouldContain("ok    statements/01-signature: signed by cosign.pub\n");
        output.ShouldContain($"ok    {Tests}: signed by cosign.pub, says pass\n");
        output.ShouldContain(
            "ok    the signed index of 2026-11-24T14:02:00.000Z: all 5 statements that it lists are here\n"
        );
        output.ShouldEndWith(
            "This evidence holds, by the keys in keys/. Compare them with your own copies, or: ./verify.sh OWN.pub\n"
        );
        output.ShouldNotContain("NO ");
    }

    [Fact]
    public async Task It_holds_by_one_s_own_key_from_anywhere()
    {
        var folder = await FolderAsync();

        var (code, output) = await folder.VerifyAsync(_release.Key.PublicFile);

        code.ShouldBe(0, output);
        output.ShouldContain($"note  key {_release.Key.PublicFile}, sha256 ");
        output.ShouldEndWith("This evidence holds, by your own keys.\n");
    }

    [Theory]
    [InlineData("plain", "C", "022")]
    [InlineData("with spaces and ümläuts $(touch x) * ' \"", "C.UTF-8", "077")]
    [InlineData("-n", "tr_TR.UTF-8", "000")]
    public async Task It_holds_wherever_it_is_moved(string name, string locale, string umask)
    {
        var folder = (await FolderAsync()).MoveTo(_release[$"elsewhere/{name}"]);
        folder.Environment["LC_ALL"] = locale;
        folder.Environment["LANG"] = locale;
        folder.Environment["CDPATH"] = "/usr";
        folder.Environment["POSIXLY_CORRECT"] = "1";

        var (code, output) = await folder.ScriptAsync($"umask {umask}; ./verify.sh");

        code.ShouldBe(0, output);
    }

    [Fact]
    public async Task It_writes_nothing_into_the_folder_and_leaves_nothing_behind()
    {
        var folder = await FolderAsync();
        folder.Environment["TMPDIR"] = Directory.CreateDirectory(_release["tmp"]).FullName;

        (await folder.VerifyAsync()).ExitCode.ShouldBe(0);

        Directory.GetFileSystemEntries(_release["tmp"]).ShouldBeEmpty();
        (await folder.VerifyAsync()).ExitCode.ShouldBe(0); // a file that it left would be found as added
    }

    [Fact]
    public async Task It_needs_no_more_than_its_own_tools_and_no_network()
    {
        var folder = await FolderAsync();
        var bin = Directory.CreateDirectory(_release["bin"]).FullName;
        foreach (var tool in Tools)
        {
            File.CreateSymbolicLink(Path.Combine(bin, tool), Real.Need(tool));
        }
        folder.Environment["PATH"] = bin;

        (await folder.VerifyAsync()).ExitCode.ShouldBe(0);

        File.Delete(Path.Combine(bin, "openssl"));
        var (code, output) = await folder.VerifyAsync();
        code.ShouldBe(2);
        output.ShouldBe("NO    openssl is not here: install it, then run verify.sh again.\n");
    }

    [Fact]
    public async Task It_is_what_shellcheck_calls_clean()
    {
        var folder = await FolderAsync();
        var shellcheck = Real.Need("shellcheck");

        var (code, output) = await folder.ScriptAsync($"'{shellcheck}' verify.sh");

        code.ShouldBe(0, output);
    }

    [Fact]
    public async Task What_is_not_counted_is_noted()
    {
        _release.Statements.Add(
            _release.Attested(PredicateTypes.Lint, "{}", _release.NewKey("stranger.pub"))
        );
        _release.Statements.Add(_release.Attested(PredicateTypes.Scan, "{}"));
        var folder = await FolderAsync();

        var (code, output) = await folder.VerifyAsync();

        code.ShouldBe(0, output);
        output.ShouldContain(
            "note  not counted: rejected/01-lint: signed by none of the trusted keys (cosign.pub)"
        );
        output.ShouldContain(
            "note  statements/05-scan is signed, but not in the signed index: it came after it\n"
        );
    }

    [Fact]
    public async Task Signatures_of_cosign_3_and_two_indexes_hold()
    {
        _release.Statements[0] = _release.Attested("https://sigstore.dev/cosign/sign/v1", "{}");
        _release.Time.Advance(TimeSpan.FromHours(1));
        _release.Statements.Insert(0, _release.Index());
        var folder = await FolderAsync();

        var (code, output) = await folder.VerifyAsync();

        code.ShouldBe(0, output);
        output.ShouldContain("ok    the signed index of 2026-11-24T15:02:00.000Z: all 5 ");
    }

    [Fact]
    public async Task A_statement_written_with_spaces_and_another_order_holds()
    {
        _release.Statements[1] = SignedRelease.Sealed(
            PredicateTypes.TestResult,
            $$$"""
            { "_type" : "https://in-toto.io/Statement/v1",
              "subject":[ {"name":"other", "digest":{"sha512":"00"}},
                          {"name":"{\"sha256\":\"[,:]", "digest": {"sha256":"{{{_release.What.Digest[
                7..
            ]}}}"} } ],
              "predicate": {"result" : "PASSED", "digest":{"sha256":"{{{new string(
                'c',
                64
            )}}}"}, "n":[1,-2.5e3,true,null]},
              "predicateType" : "{{{PredicateTypes.TestResult}}}" }
            """,
            _release.Key
        );
        _release.Statements[^1] = _release.Index();
        var folder = await FolderAsync();

        var (code, output) = await folder.VerifyAsync();

        code.ShouldBe(0, output);
        output.ShouldContain($"ok    {Tests}: signed by cosign.pub, says PASSED\n");
    }

    [Fact]
    public async Task The_commands_of_the_description_do_what_it_says()
    {
        var folder = await FolderAsync();
        var commands = string.Join(
            '\n',
            Blocks()
                .Matches(File.ReadAllText(folder["README.md"]))
                .Select(b => b.Groups[1].Value)
                .Select(b => b.Replace("/your", _release["keys/0"], StringComparison.Ordinal))
        );

        var (code, output) = await folder.ScriptAsync(commands);

        code.ShouldBe(0, output);
        Regex.Count(output, "Verified OK\n").ShouldBe(2);
        Regex.Count(output, "This evidence holds, by ").ShouldBe(2);
        output.ShouldContain($"{_release.Layer[7..]}  {_release.Layer[7..]}\n");
        output.ShouldContain(
            $"\"subject\":[{{\"name\":\"registry.example/theaia-api\",\"digest\":{{\"sha256\":\"{_release.What.Digest[7..]}\"}}}}]\n"
        );
        output.ShouldContain($"\n{_release.What.Digest}\n");
    }

    private static readonly string[] Tools =
    [
        "bash",
        "openssl",
        "sha256sum",
        "base64",
        "awk",
        "grep",
        "sort",
        "find",
        "wc",
        "tr",
        "cmp",
        "mktemp",
        "dirname",
        "basename",
        "cat",
        "cp",
        "rm",
    ];

    private async Task<VerifiedFolder> FolderAsync()
    {
        (await _release.CollectAsync()).Troubles.ShouldBeEmpty();
        return new VerifiedFolder(_release["evidence"]);
    }

    [GeneratedRegex("```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
