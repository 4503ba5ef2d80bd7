using System.Runtime.Versioning;

namespace TheaIA.Pipeline.Tests.Caching;

/// <summary>Outputs that come from <c>--cache</c>, between two checkouts.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CacheTests : IDisposable
{
    private readonly Checkout _here = NewCheckout();
    private readonly Checkout _there = NewCheckout();
    private readonly string _cache = Directory.CreateTempSubdirectory("cache-").FullName;

    public void Dispose()
    {
        _here.Dispose();
        _there.Dispose();
        Directory.Delete(_cache, recursive: true);
    }

    [Fact]
    public async Task What_one_checkout_made_another_restores()
    {
        (await RunAsync(_here, "Use")).Ran.ShouldBe("Make used");
        var restored = await RunAsync(_there, "Use Make");
        restored.Ran.ShouldBe("");
        restored.Output.ShouldBe(
            """
            same  Make             -     made of 1; restored from the cache, made 0 s ago
            same  Use              -     restored from the cache, made 0 s ago

            Done in 0.0 s.

            """
        );
        Tree(_there).ShouldBe(Tree(_here));
        (await RunAsync(_there, "Runs --show last json")).Output.ShouldContain("\"restored\"");
        (await RunAsync(_there, "Ship")).Output.ShouldStartWith(
            "same  Make, Use    up to date: unchanged since 0 s ago\n"
        );
    }

    [Fact]
    public async Task Modes_and_links_are_kept()
    {
        await RunAsync(_here, "Make");
        await RunAsync(_there, "Make");
        File.GetUnixFileMode(Path.Combine(_there.Root, "out/deep/tool"))
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Link("out/link").ShouldBe("deep/tool");
        Link("out/folder").ShouldBe("deep");
        Link("out/nowhere").ShouldBe("../none");

        string? Link(string path) => new FileInfo(Path.Combine(_there.Root, path)).LinkTarget;
    }

    [Fact]
    public async Task A_content_is_for_those_who_may_read_its_file()
    {
        await RunAsync(_here, "Private");
        Readers().ShouldBe(["public"]);
        await RunAsync(_there, "Private");
        File.GetUnixFileMode(Path.Combine(_there.Root, "private"))
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        // kept by somebody whose file was his alone; here it is for all
        foreach (var blob in Blobs())
        {
            File.SetUnixFileMode(blob, UnixFileMode.UserRead);
        }
        _here.Write("in/a", "2");
        await RunAsync(_here, "Private");
        Readers().ShouldBe(["public"]);

        string[] Blobs() =>
            Directory.GetFiles(Path.Combine(_cache, "v1/blobs"), "*", SearchOption.AllDirectories);

        string[] Readers() =>
            [
                .. Blobs()
                    .Where(f => (File.GetUnixFileMode(f) & UnixFileMode.OtherRead) != 0)
                    .Select(f => File.ReadAllText(f).Trim()),
            ];
    }

    [Fact]
    public async Task What_holds_a_secret_is_not_kept()
    {
        _here.Environment["TOKEN"] = "correct-horse-battery";
        (await RunAsync(_here, "Leaks")).Output.ShouldContain(
            "The cache does not keep Leaks: leaks holds a secret."
        );
        Directory.Exists(Path.Combine(_cache, "v1/blobs")).ShouldBeFalse();
        (await RunAsync(_here, "Leaks")).Ran.ShouldBe("");
    }

    [Fact]
    public async Task The_restored_tree_is_what_was_made_whatever_was_there_before()
    {
        await RunAsync(_here, "Make");
        _there.Write("out/extra/deep/x", "left from before");
        _there.Write("out/deep/tool/x", "a folder where a file belongs");
        File.CreateSymbolicLink(Path.Combine(_there.Root, "out/a.txt"), "extra");
        _there.Write("kept", "no output");
        _here.Write("kept", "no output");
        var answer = await RunAsync(_there, "Make");
        answer.Ran.ShouldBe("");
        answer.FirstLine.ShouldBe(
            "same  Make             -     made of 1; removed 2 files that it had not made; restored from the"
        );
        Tree(_there).ShouldBe(Tree(_here));
        _there.Write("out/extra", "left from before");
        (await RunAsync(_there, "Make")).FirstLine.ShouldContain(
            "removed 1 file that it had not made"
        );
    }

    [Fact]
    public async Task A_file_that_is_right_already_is_not_written_again()
    {
        await RunAsync(_here, "Make");
        await RunAsync(_there, "Make");
        var kept = Path.Combine(_there.Root, "out/a.txt");
        File.SetLastWriteTimeUtc(kept, DateTime.UnixEpoch);
        File.SetUnixFileMode(Path.Combine(_there.Root, "out/deep/tool"), UnixFileMode.UserRead);
        File.Delete(Path.Combine(_there.Root, "out/link"));
        (await RunAsync(_there, "Make")).Ran.ShouldBe("");
        File.GetLastWriteTimeUtc(kept).ShouldBe(DateTime.UnixEpoch);
        Tree(_there).ShouldBe(Tree(_here));
    }

    [Fact]
    public async Task An_older_state_comes_back_with_its_figure()
    {
        await RunAsync(_here, "Make");
        _here.Write("in/a", "2");
        (await RunAsync(_here, "Make")).Ran.ShouldBe("Make");
        _here.Write("in/a", "1");
        var back = await RunAsync(_here, "Make");
        back.Ran.ShouldBe("");
        back.Output.ShouldContain("made of 1; restored from the cache");
        _here.Read("out/a.txt").ShouldBe("1 plain\n");
    }

    [Theory]
    [InlineData("Make --flavour strong", "one", "2")]
    [InlineData("Make", "two", "1")]
    [InlineData("Make", "one", "2")]
    public async Task Another_key_program_or_input_is_not_restored(
        string commandLine,
        string program,
        string input
    )
    {
        await RunAsync(_here, "Make");
        _there.Environment["NUKE_PROGRAM"] = program;
        _there.Write("in/a", input);
        (await RunAsync(_there, commandLine)).Ran.ShouldBe("Make");
    }

    [Theory]
    [InlineData("Checked", "Checked")]
    [InlineData("Wide", "wide")]
    [InlineData("Nothing", "Nothing")]
    [InlineData("Edited", "edited")]
    public async Task What_has_no_whole_outputs_is_not_kept(string target, string ran)
    {
        (await RunAsync(_here, target)).Ran.ShouldBe(ran);
        (await RunAsync(_there, target)).Ran.ShouldBe(ran);
        Files("entries").ShouldBeEmpty();
    }

    [Fact]
    public async Task An_effect_is_neither_kept_nor_restored_nor_up_to_date()
    {
        await RunAsync(_here, "Ship");
        Files("entries").Length.ShouldBe(2);
        (await RunAsync(_there, "Ship")).Ran.ShouldBe("Ship");
        (await RunAsync(_there, "Ship")).Ran.ShouldBe("Ship");
    }

    [Fact]
    public async Task A_damaged_content_is_dropped_and_the_target_runs()
    {
        await RunAsync(_here, "Make");
        var blob = Blob("1 plain\n");
        File.SetUnixFileMode(blob, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(blob, "1 PLAIN\n");
        _there.Write("out/mine", "not touched by a restore that fails");
        (await RunAsync(_there, "Make")).Ran.ShouldBe("Make");
        _there.Read("out/a.txt").ShouldBe("1 plain\n");

        // and what ran was kept again
        Directory.Delete(Path.Combine(_here.Root, "out"), recursive: true);
        (await RunAsync(_here, "Make")).Ran.ShouldBe("");
        _here.Read("out/a.txt").ShouldBe("1 plain\n");
    }

    [Fact]
    public async Task A_missing_content_drops_the_entry()
    {
        await RunAsync(_here, "Make");
        File.Delete(Blob("1 plain\n"));
        (await RunAsync(_there, "Make")).Ran.ShouldBe("Make");
        (await RunAsync(_here, "Make --rerun")).Ran.ShouldBe("Make");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"made":"2026-01-01T00:00:00Z","files":[null]}""")]
    [InlineData("""{"made":"2026-01-01T00:00:00Z","files":[{"path":null}]}""")]
    [InlineData("""{"made":"2026-01-01T00:00:00Z","files":[{"path":"out/x"}]}""")]
    [InlineData("""{"made":"2026-01-01T00:00:00Z","files":[{"path":"out/x","hash":"../../x"}]}""")]
    [InlineData("""{"made":"2026-01-01T00:00:00Z","files":[{"path":"../x","link":"x"}]}""")]
    [InlineData("""{"made":"2026-01-01T00:00:00Z","files":[{"path":"out/../x","link":"x"}]}""")]
    [InlineData("""{"made":"2026-01-01T00:00:00Z","files":[{"path":"/tmp/x","link":"x"}]}""")]
    [InlineData("""{"made":"2026-01-01T00:00:00Z","files":[{"path":"in/a","link":"x"}]}""")]
    public async Task An_entry_that_is_none_or_reaches_beyond_the_outputs_is_not_restored(
        string entry
    )
    {
        await RunAsync(_here, "Make");
        File.WriteAllText(Files("entries").ShouldHaveSingleItem(), entry);
        (await RunAsync(_there, "Make")).Ran.ShouldBe("Make");
        Tree(_there).ShouldBe(Tree(_here));
    }

    [Fact]
    public async Task Something_in_the_way_is_met_by_the_target_itself()
    {
        await RunAsync(_here, "Use");
        Directory.CreateDirectory(Path.Combine(_there.Root, "used"));
        var met = await RunAsync(_there, "Use");
        (met.Code, met.Ran).ShouldBe((1, "used"));
    }

    [Fact]
    public async Task Rerun_runs_and_keeps_what_it_made()
    {
        await RunAsync(_here, "Make");
        (await RunAsync(_here, "Make --rerun")).Ran.ShouldBe("Make");
        (await RunAsync(_there, "Make")).Ran.ShouldBe("");
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_is_one_remark_and_the_run_goes_on()
    {
        var file = Path.Combine(_cache, "file");
        File.WriteAllText(file, "");
        var ran = await _here.RunAsync<CacheBuild>($"Use --sequential --cache {file}/below");
        (ran.Code, ran.Ran).ShouldBe((0, "Make used"));
        ran.Output.Split("cannot be written, so nothing is kept there:").Length.ShouldBe(2);
        ran.Output.ShouldStartWith($"The cache {file}/below cannot be written");
    }

    [Fact]
    public async Task The_folder_is_relative_to_the_root_and_may_be_a_setting()
    {
        _here.Environment["NUKE_CACHE"] = "kept";
        await _here.RunAsync<CacheBuild>("Make");
        Directory.Exists(Path.Combine(_here.Root, "kept/v1/entries")).ShouldBeTrue();

        _there.Write(".nuke/parameters.json", $$"""{ "Cache": "{{_here.Root}}/kept" }""");
        (await _there.RunAsync<CacheBuild>("Make")).Ran.ShouldBe("");
    }

    [Fact]
    public async Task Where_no_cache_is_named_nothing_is_kept()
    {
        await _here.RunAsync<CacheBuild>("Make");
        (await _there.RunAsync<CacheBuild>("Make")).Ran.ShouldBe("Make");
    }

    [Fact]
    public async Task A_killed_run_leaves_nothing_that_another_one_takes_for_whole()
    {
        // kill -9 while it stored: some contents, one half written aside, and no entry
        await RunAsync(_here, "Make");
        File.Delete(Files("entries").ShouldHaveSingleItem());
        File.Delete(Blob("#!/bin/sh\n"));
        Directory.CreateDirectory(Path.Combine(_cache, "v1/aside"));
        File.WriteAllText(Path.Combine(_cache, "v1/aside/half"), "#!/b");
        // kill -9 while it restored
        _there.Write(".nuke/temp/restore/old/0", "half");
        Directory.SetLastWriteTimeUtc(
            Path.Combine(_there.Root, ".nuke/temp/restore/old"),
            DateTime.UnixEpoch
        );

        (await RunAsync(_there, "Make")).Ran.ShouldBe("Make");
        Directory.Delete(Path.Combine(_there.Root, "out"), recursive: true);
        (await RunAsync(_there, "Make")).Ran.ShouldBe("");
        Tree(_there).ShouldBe(Tree(_here));
        Directory.GetDirectories(Path.Combine(_there.Root, ".nuke/temp/restore")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Runs_at_once_store_and_restore_the_same()
    {
        var checkouts = Enumerable.Range(0, 6).Select(_ => NewCheckout()).ToList();
        try
        {
            for (var round = 0; round < 5; round++)
            {
                checkouts.ForEach(c => c.Write("in/a", $"{round}"));
                var answers = await Task.WhenAll(
                    checkouts.Select(c => Task.Run(() => RunAsync(c, "Use")))
                );
                answers.ShouldAllBe(a => a.Code == 0);
                checkouts.ForEach(c => Tree(c).ShouldBe(Tree(checkouts[0])));
                _here.Write("in/a", $"{round}");
                (await RunAsync(_here, "Use")).Ran.ShouldBe("");
            }
        }
        finally
        {
            checkouts.ForEach(c => c.Dispose());
        }
    }

    private Task<Answer> RunAsync(Checkout checkout, string commandLine) =>
        checkout.RunAsync<CacheBuild>($"{commandLine} --sequential --cache {_cache}");

    private string[] Files(string folder) =>
        Directory.Exists(Path.Combine(_cache, "v1", folder))
            ? Directory.GetFiles(
                Path.Combine(_cache, "v1", folder),
                "*",
                SearchOption.AllDirectories
            )
            : [];

    private string Blob(string content) =>
        Files("blobs").Single(f => File.ReadAllText(f) == content);

    private static Checkout NewCheckout()
    {
        var checkout = new Checkout();
        checkout.Environment["NUKE_PROGRAM"] = "one";
        checkout.Write("in/a", "1");
        return checkout;
    }

    /// <summary>Each file with its content and each link with where it leads, less what is the engine's.</summary>
    private static List<string> Tree(Checkout checkout) =>
        [
            .. new DirectoryInfo(checkout.Root)
                .EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
                .Where(f => !f.FullName.Contains("/.nuke", StringComparison.Ordinal))
                .Where(f => !f.FullName.Contains("/folder/", StringComparison.Ordinal))
                .Select(f =>
                    $"{Path.GetRelativePath(checkout.Root, f.FullName)} {Told(f)}".TrimEnd()
                )
                .Order(StringComparer.Ordinal),
        ];

    private static string Told(FileSystemInfo file) =>
        file.LinkTarget is { } link ? $"-> {link}"
        : file is FileInfo ? $"{File.ReadAllText(file.FullName)} {file.UnixFileMode}"
        : "";
}
