using TheaIA.Abstractions;

namespace TheaIA.Delivery.Tests.Evidence;

public sealed class EvidencePlaceTests : IDisposable
{
    private readonly SignedRelease _release = new();

    public void Dispose() => _release.Dispose();

    [Fact]
    public async Task Older_evidence_of_the_digest_is_replaced_whole()
    {
        await _release.CollectAsync();
        File.WriteAllText(_release["evidence/notes.txt"], "mine");

        await _release.CollectAsync("evidence/"); // as a shell completes it

        File.Exists(_release["evidence/notes.txt"]).ShouldBeFalse();
        NothingBeside();
    }

    [Fact]
    public async Task An_empty_folder_is_filled()
    {
        Directory.CreateDirectory(_release["evidence"]);

        await _release.CollectAsync();

        File.Exists(_release["evidence/index.json"]).ShouldBeTrue();
    }

    [Fact]
    public async Task The_older_evidence_is_there_until_the_new_one_is_whole()
    {
        await _release.CollectAsync();
        _release.Registry.InPull = () =>
        {
            File.Exists(_release["evidence/index.json"]).ShouldBeTrue();
            throw new OutcomeException(Outcome.Failed, "the registry went away");
        };

        var error = await Should.ThrowAsync<OutcomeException>(() => _release.CollectAsync());

        error.Message.ShouldBe("the registry went away");
        File.Exists(_release["evidence/index.json"]).ShouldBeTrue();
        NothingBeside();
    }

    [Fact]
    public async Task Whoever_stops_it_keeps_what_he_had()
    {
        await _release.CollectAsync();
        using var stop = new CancellationTokenSource();
        _release.Registry.InPull = stop.Cancel;

        await Should.ThrowAsync<OperationCanceledException>(() =>
            _release.CollectAsync(cancel: stop.Token)
        );

        File.Exists(_release["evidence/index.json"]).ShouldBeTrue();
        NothingBeside();
    }

    [Fact]
    public async Task What_a_killed_run_left_half_is_cleared_up()
    {
        Directory.CreateDirectory(_release[".evidence.new/image"]);
        File.WriteAllText(_release[".evidence.new/README.md"], "half");

        await _release.CollectAsync();

        File.ReadAllText(_release["evidence/README.md"]).ShouldNotBe("half");
        NothingBeside();
    }

    [Fact]
    public async Task What_a_killed_run_had_put_away_comes_back()
    {
        await _release.CollectAsync();
        Directory.Move(_release["evidence"], _release[".evidence.old"]);
        _release.Registry.InPull = () => throw new OutcomeException(Outcome.Failed, "down");

        await Should.ThrowAsync<OutcomeException>(() => _release.CollectAsync());

        File.Exists(_release["evidence/index.json"]).ShouldBeTrue();
        NothingBeside();
    }

    [Fact]
    public async Task What_a_killed_run_had_replaced_is_removed()
    {
        await _release.CollectAsync();
        Directory.CreateDirectory(_release[".evidence.old/image"]);

        await _release.CollectAsync();

        NothingBeside();
    }

    [Fact]
    public async Task Something_else_is_never_overwritten()
    {
        Directory.CreateDirectory(_release["evidence"]);
        File.WriteAllText(_release["evidence/thesis.txt"], "years of work");

        await RefusedAsync();

        File.ReadAllText(_release["evidence/thesis.txt"]).ShouldBe("years of work");
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"digest":4}""")]
    [InlineData("""{"digest":"sha256:bbbb"}""")]
    public async Task Another_index_is_never_overwritten(string index)
    {
        Directory.CreateDirectory(_release["evidence"]);
        File.WriteAllText(_release["evidence/index.json"], index);

        await RefusedAsync();
    }

    [Fact]
    public async Task A_file_is_never_overwritten()
    {
        File.WriteAllText(_release["evidence"], "a file");

        await RefusedAsync();
    }

    [Fact]
    public async Task The_root_of_all_is_no_folder_for_it()
    {
        var error = await Should.ThrowAsync<OutcomeException>(() => _release.CollectAsync("/"));

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe("/ cannot be a folder of evidence: name one below it.");
    }

    [Fact]
    public async Task Two_runs_do_not_write_one_folder()
    {
        OutcomeException? second = null;
        _release.Registry.InPull = () =>
        {
            _release.Registry.InPull = () => { };
            second = Should.Throw<OutcomeException>(() => _release.CollectAsync());
        };

        await _release.CollectAsync();

        second!.Outcome.ShouldBe(Outcome.Failed);
        second.Message.ShouldStartWith($"Another run writes {_release["evidence"]} (");
        second.Message.ShouldEndWith("): wait for it to end, then ./build.sh Evidence again.");
        File.Exists(_release["evidence/index.json"]).ShouldBeTrue();
    }

    private async Task RefusedAsync()
    {
        var error = await Should.ThrowAsync<OutcomeException>(() => _release.CollectAsync());

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"{_release["evidence"]} is there and is no evidence of {_release.What.Short}: remove it, or name another folder."
        );
    }

    private void NothingBeside() =>
        Directory
            .GetFileSystemEntries(_release.Root, "*evidence*")
            .Select(Path.GetFileName)
            .ShouldBe([".evidence.lock", "evidence"], ignoreOrder: true);
}
