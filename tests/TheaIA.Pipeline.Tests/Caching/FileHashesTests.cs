using System.Diagnostics;
using System.Text;
using TheaIA.Pipeline.Tests.IO;

namespace TheaIA.Pipeline.Tests.Caching;

/// <summary>Hashes of files that are not read twice, and never wrong.</summary>
public sealed class FileHashesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_that_nobody_touched_is_not_read_again_in_the_next_run_either()
    {
        var first = await LearnAsync("a", "one");
        first.Of("a").ShouldBe(ContentHash.OfBytes("one"u8));
        first.FilesRead.ShouldBe(1);
        first.Save();

        var second = New();
        second.Of("a").ShouldBe(ContentHash.OfBytes("one"u8));
        second.FilesRead.ShouldBe(0);
    }

    [Fact]
    public async Task An_edit_of_the_same_size_whose_time_was_set_back_is_seen()
    {
        await LearnAsync("a", "one");
        var path = (_folder.Path / "a").ToString();
        var before = File.GetLastWriteTimeUtc(path);
        _folder.Write("a", "two");
        File.SetLastWriteTimeUtc(path, before);
        File.GetLastWriteTimeUtc(path).ShouldBe(before);

        New().Of("a").ShouldBe(ContentHash.OfBytes("two"u8));
    }

    [Fact]
    public async Task Another_file_that_was_moved_to_the_name_with_its_times_is_seen()
    {
        _folder.Write("b", "two");
        await LearnAsync("a", "one");
        File.Move((_folder.Path / "b").ToString(), (_folder.Path / "a").ToString(), true);

        New().Of("a").ShouldBe(ContentHash.OfBytes("two"u8));
    }

    [Fact]
    public void An_edit_within_the_same_tick_of_the_clock_is_seen()
    {
        var hashes = new FileHashes(_folder.Path);
        for (var i = 0; i < 500; i++)
        {
            _folder.Write("a", $"{i:000}");
            hashes.Of("a").ShouldBe(ContentHash.OfBytes(Encoding.UTF8.GetBytes($"{i:000}")));
        }
    }

    [Fact]
    public void A_file_that_is_as_young_as_its_reading_is_not_kept()
    {
        _folder.Write("a", "one");
        var hashes = new FileHashes(_folder.Path);
        hashes.Of("a");
        hashes.Of("a");
        hashes.FilesRead.ShouldBe(2);
        hashes.Save();
        File.Exists(StateFile).ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_with_a_secret_in_its_path_is_not_kept()
    {
        var mask = new SecretMask();
        mask.Add("hunter2");
        _folder.Write("in/hunter2/a", "one");
        _folder.Write("in/b", "two");
        await Task.Delay(50, TestContext.Current.CancellationToken);
        var hashes = new FileHashes(_folder.Path, mask, TimeSpan.Zero);
        hashes.Of("in/hunter2/a").ShouldNotBeNull();
        hashes.Of("in/b").ShouldNotBeNull();
        hashes.Save();
        var kept = await File.ReadAllTextAsync(StateFile, TestContext.Current.CancellationToken);
        kept.ShouldContain("in/b");
        kept.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_broken_state_file_is_ignored_wherever_it_is_broken()
    {
        await LearnAsync("a", "one");
        var good = File.ReadAllBytes(StateFile);
        for (var i = 0; i < good.Length; i++)
        {
            var broken = good.ToArray();
            broken[i] ^= 0x41;
            File.WriteAllBytes(StateFile, broken);
            var hashes = New();
            hashes.Of("a").ShouldBe(ContentHash.OfBytes("one"u8));
            hashes.FilesRead.ShouldBe(1, $"byte {i}");

            File.WriteAllBytes(StateFile, good.AsSpan(0, i));
            hashes = New();
            hashes.Of("a").ShouldBe(ContentHash.OfBytes("one"u8));
            hashes.FilesRead.ShouldBe(1, $"cut at {i}");
        }
    }

    [Fact]
    public async Task A_state_file_of_another_version_is_ignored()
    {
        await LearnAsync("a", "one");
        var bytes = File.ReadAllBytes(StateFile);
        var body = ContentHash.Length + 1;
        bytes[body]++;
        Encoding.ASCII.GetBytes(ContentHash.OfBytes(bytes.AsSpan(body))).CopyTo(bytes, 1);
        File.WriteAllBytes(StateFile, bytes);

        var hashes = New();
        hashes.Of("a").ShouldBe(ContentHash.OfBytes("one"u8));
        hashes.FilesRead.ShouldBe(1);
    }

    [Fact]
    public async Task What_a_run_did_not_look_at_stays_known_and_what_is_gone_is_forgotten()
    {
        _folder.Write("gone", "gone");
        _folder.Write("other", "other");
        await LearnAsync("a", "one");
        var run = New();
        run.Of("gone");
        run.Of("other");
        run.Save();
        File.Delete((_folder.Path / "gone").ToString());
        await LearnAsync("b", "two");

        StatCacheFile.Read(StateFile).Keys.Order().ShouldBe(["a", "b", "other"]);
    }

    [Fact]
    public async Task Two_runs_at_once_leave_a_whole_file_and_no_other()
    {
        await LearnAsync("a", "one");
        Parallel.For(
            0,
            40,
            i =>
            {
                _folder.Write($"n{i}", "new");
                var run = new FileHashes(_folder.Path, margin: TimeSpan.FromDays(-1));
                run.Of($"n{i}").ShouldBe(ContentHash.OfBytes("new"u8));
                run.Save();
            }
        );

        StatCacheFile.Read(StateFile).ShouldContainKey("a");
        Directory.GetFiles((_folder.Path / ".nuke" / "temp").ToString()).ShouldBe([StateFile]);
    }

    [Fact]
    public void What_a_killed_run_left_beside_the_state_file_goes_with_time()
    {
        var old = _folder.Write(".nuke/temp/stat-cache.x.aside", "");
        File.SetLastWriteTimeUtc(old.ToString(), DateTime.UnixEpoch);
        var young = _folder.Write(".nuke/temp/stat-cache.y.aside", "");
        _folder.Write("a", "one");
        var run = new FileHashes(_folder.Path, margin: TimeSpan.FromDays(-1));
        run.Of("a");
        run.Save();

        (old.FileExists(), young.FileExists()).ShouldBe((false, true));
    }

    [Fact]
    public void A_link_is_where_it_leads_and_what_is_there()
    {
        _folder.Write("a", "one");
        _folder.Write("b", "one");
        var link = (_folder.Path / "l").ToString();
        File.CreateSymbolicLink(link, "a");
        var hashes = new FileHashes(_folder.Path);
        var first = hashes.Of("l");
        _folder.Write("a", "two");
        var edited = hashes.Of("l");
        _folder.Write("a", "one");
        hashes.Of("l").ShouldBe(first);
        File.Delete(link);
        File.CreateSymbolicLink(link, "b");
        var led = hashes.Of("l");
        File.Delete(link);
        File.CreateSymbolicLink(link, "nowhere");
        var broken = hashes.Of("l");
        File.Delete(link);
        File.CreateSymbolicLink(link, "l");
        var loop = hashes.Of("l");
        new[] { first, edited, led, broken, loop, hashes.Of("a") }.ShouldBeUnique();
        new[] { first, edited, led, broken, loop }.ShouldAllBe(hash => hash!.Length == 32);
    }

    [Fact]
    public void What_is_gone_has_no_hash_and_a_pipe_is_not_waited_for()
    {
        var hashes = new FileHashes(_folder.Path);
        hashes.Of("none").ShouldBeNull();
        hashes.Of("none/below").ShouldBeNull();
        using var made = Process.Start("mkfifo", [(_folder.Path / "pipe").ToString()]);
        made.WaitForExit();
        hashes.Of("pipe").ShouldBe("no file");
    }

    [Fact]
    public void The_time_stamps_are_those_of_the_file_system()
    {
        var path = _folder.Write("a", "four").ToString();
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddSeconds(1.5));
        var stat = FileStat.Of(path)!.Value;
        stat.Kind.ShouldBe(FileKind.File);
        var stamp = stat.Stamp!.Value;
        (stamp.Size, stamp.Modified).ShouldBe((4, 1_500_000_000));
        var now = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalNanoseconds;
        ((double)stamp.Changed).ShouldBe(now, 60e9);
        stamp.Inode.ShouldNotBe(0UL);
    }

    private string StateFile => (_folder.Path / ".nuke" / "temp" / "stat-cache").ToString();

    /// <summary>Trusts a file from the first tick after its last change.</summary>
    private FileHashes New() => new(_folder.Path, margin: TimeSpan.Zero);

    /// <summary>Writes a file, and reads it until its clock has gone on and it is kept.</summary>
    private async Task<FileHashes> LearnAsync(string path, string text)
    {
        _folder.Write(path, text);
        for (; ; )
        {
            var hashes = New();
            hashes.Of(path);
            hashes.Save();
            if (StatCacheFile.Read(StateFile).ContainsKey(path))
            {
                return hashes;
            }

            await Task.Yield();
        }
    }
}
