using TheaIA.Pipeline.Tests.IO;

namespace TheaIA.Pipeline.Tests.Caching;

/// <summary>A cache stays within its size, and whole.</summary>
public sealed class CachePruningTests : IDisposable
{
    private static OwnOutputs Own { get; } = new(["out/**"], _ => false);

    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _checkout = new();
    private readonly TemporaryFolder _cache = new();
    private readonly StillTime _time = new();

    public void Dispose()
    {
        _checkout.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public void What_was_used_least_recently_goes_first()
    {
        Store('a', "aaaa");
        Store('b', "bbbb");
        Store('c', "cccc");
        Restores('a').ShouldBeTrue();
        Store('d', "dddd", limit: 12);
        (Restores('a'), Restores('b'), Restores('c'), Restores('d')).ShouldBe(
            (true, false, true, true)
        );
        Contents().ShouldBe(["aaaa", "cccc", "dddd"]);
    }

    [Fact]
    public void A_content_that_another_entry_needs_stays()
    {
        Store('a', "same");
        Store('b', "same");
        Store('c', "cccc");
        Store('d', "dddd", limit: 12);
        Contents().ShouldBe(["cccc", "dddd", "same"]);
        Store('e', "eeee", limit: 12);
        Contents().ShouldBe(["cccc", "dddd", "eeee"]);
    }

    [Fact]
    public void What_is_larger_than_the_cache_empties_it_for_nothing_and_is_not_kept()
    {
        Store('a', "aaaa");
        Should
            .Throw<InvalidOperationException>(() => Store('b', "far too large", limit: 12))
            .Message.ShouldBe(
                "out/x and what was made with it is larger than --cache-size, so the cache does not keep it."
            );
        (Restores('a'), Restores('b')).ShouldBe((true, false));
    }

    [Fact]
    public void Contents_without_an_entry_and_what_killed_runs_left_go_before_any_entry()
    {
        Store('a', "aaaa");
        Store('b', "bbbb");
        File.Delete(Entry('b'));
        _cache.Write("v1/aside/half", "hal");
        _cache.Write("v1/entries/zz/zz.json", "{");
        Store('c', "cccc", limit: 8);
        Contents().ShouldBe(["aaaa", "cccc"]);
        Directory.GetFiles((_cache.Path / "v1" / "aside").ToString()).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_removed_while_somebody_stores()
    {
        Store('a', "aaaa");
        using (new CacheFolder(_cache.Path.ToString()).Share())
        {
            Store('b', "bbbb", limit: 4);
            Contents().ShouldBe(["aaaa", "bbbb"]);
        }

        Store('c', "cccc", limit: 4);
        Contents().ShouldBe(["cccc"]);
    }

    [Fact]
    public void Nothing_is_stored_while_somebody_removes()
    {
        using (new CacheFolder(_cache.Path.ToString()).Own())
        {
            Store('a', "aaaa");
        }

        Restores('a').ShouldBeFalse();
    }

    [Fact]
    public void A_file_that_changed_since_it_was_hashed_is_not_stored()
    {
        _checkout.Write("out/x", "now");
        Cache(100).Store(Key('a'), Made("then"));
        Restores('a').ShouldBeFalse();
        Contents().ShouldBeEmpty();
        Directory.GetFiles((_cache.Path / "v1" / "aside").ToString()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_restore_while_others_prune_is_whole_or_none()
    {
        using var stop = new CancellationTokenSource();
        var pruning = Task.Run(() => StoreAndPrune(stop.Token), CancellationToken.None);
        var restored = 0;
        for (var i = 0; i < 300; i++)
        {
            _checkout.Write("out/x", "before");
            Cache(1000).Store(Key('a'), Made("before"));
            _checkout.Write("out/x", "now");
            var was = Cache(1000).Restore(Key('a'), Own, CancellationToken.None);
            restored += was is null ? 0 : 1;
            (_checkout.Path / "out" / "x").ReadAllText().ShouldBe(was is null ? "now" : "before");
        }

        await stop.CancelAsync();
        await pruning;
        restored.ShouldBeInRange(0, 300);
    }

    [Fact]
    public void A_stopped_restore_leaves_all_as_it_was()
    {
        Store('a', "aaaa");
        _checkout.Write("out/x", "before");
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Should.Throw<OperationCanceledException>(() =>
            Cache(100).Restore(Key('a'), Own, stop.Token)
        );
        (_checkout.Path / "out" / "x").ReadAllText().ShouldBe("before");
        Directory
            .GetDirectories((_checkout.Path / ".nuke" / "temp" / "restore").ToString())
            .ShouldBeEmpty();
    }

    private void StoreAndPrune(CancellationToken stop)
    {
        using var other = new TemporaryFolder();
        var cache = New(other.Path, limit: 6);
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            other.Write("out/x", $"{i:0000}");
            cache.Store(Key('z'), Made($"{i:0000}"));
            cache.Prune();
        }
    }

    private void Store(char key, string content, long limit = 1000)
    {
        _time.Move(TimeSpan.FromMinutes(1));
        _checkout.Write("out/x", content);
        var cache = Cache(limit);
        cache.Store(Key(key), Made(content));
        cache.Prune();
    }

    private bool Restores(char key)
    {
        _time.Move(TimeSpan.FromMinutes(1));
        return Cache(1000).Restore(Key(key), Own, CancellationToken.None) is not null;
    }

    private OutputCache Cache(long limit) => New(_checkout.Path, limit);

    private OutputCache New(AbsolutePath root, long limit) =>
        new(
            new(_cache.Path.ToString()),
            new(root, new(root)),
            limit,
            _time,
            sentence => throw new InvalidOperationException(sentence)
        );

    private static FingerprintRecord Made(string content) =>
        new()
        {
            When = Noon,
            Program = "p",
            Keys = [],
            Inputs = [],
            Outputs = new(StringComparer.Ordinal)
            {
                ["out/x"] = ContentHash.OfBytes(System.Text.Encoding.UTF8.GetBytes(content)),
            },
        };

    private static string Key(char key) => new(key, 64);

    private string Entry(char key) =>
        (_cache.Path / "v1" / "entries" / new string(key, 2) / (Key(key) + ".json")).ToString();

    private List<string> Contents() =>
        [.. (_cache.Path / "v1" / "blobs").GlobFiles("**").Select(b => b.ReadAllText()).Order()];
}
