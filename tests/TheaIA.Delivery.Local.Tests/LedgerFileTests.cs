using TheaIA.Abstractions;
using TheaIA.Delivery.Local.Tests.Support;

namespace TheaIA.Delivery.Local.Tests;

public sealed class LedgerFileTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("theaia-ledger").FullName;
    private readonly DiskStateStore _store;

    public LedgerFileTests() =>
        _store = new DiskStateStore(Path.Combine(_root, "state"), TimeProvider.System);

    private string File_ => _store.WhereIs(TestPlace.Where);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task What_was_appended_is_read_again()
    {
        (await _store.ReadAsync(TestPlace.Where, Run.Cancel)).ShouldBeEmpty();
        (await _store.AppendAsync(TestPlace.Where, "one", 0, Run.Cancel)).ShouldBeTrue();
        (await _store.AppendAsync(TestPlace.Where, "zwei ü", 1, Run.Cancel)).ShouldBeTrue();
        (await _store.ReadAsync(TestPlace.Where, Run.Cancel)).ShouldBe(["one", "zwei ü"]);
        File_.ShouldBe(Path.Combine(_root, "state/ledger/tiny-api/development.jsonl"));
        (await File.ReadAllTextAsync(File_, Run.Cancel)).ShouldBe("one\nzwei ü\n");
    }

    [Fact]
    public async Task It_knows_the_environments_that_have_a_ledger()
    {
        _store.EnvironmentsOf("tiny-api").ShouldBeEmpty();
        foreach (var name in (string[])["rehearsal", "development-8100"])
        {
            await _store.AppendAsync(new Place("tiny-api", name), "one", 0, Run.Cancel);
        }
        // a look alone makes no ledger
        await _store.ReadAsync(new Place("tiny-api", "staging"), Run.Cancel);
        _store.EnvironmentsOf("tiny-api").ShouldBe(["development-8100", "rehearsal"]);
        _store.EnvironmentsOf("other").ShouldBeEmpty();
    }

    [Fact]
    public async Task When_the_writer_saw_another_length_nothing_is_written()
    {
        await _store.AppendAsync(TestPlace.Where, "one", 0, Run.Cancel);
        (await _store.AppendAsync(TestPlace.Where, "two", 0, Run.Cancel)).ShouldBeFalse();
        (await _store.AppendAsync(TestPlace.Where, "two", 2, Run.Cancel)).ShouldBeFalse();
        (await _store.ReadAsync(TestPlace.Where, Run.Cancel)).ShouldBe(["one"]);
    }

    [Theory]
    [InlineData("one\n{\"torn", "one")]
    [InlineData("{\"torn", null)]
    public async Task A_torn_last_line_is_removed_before_anything_else(string content, string? left)
    {
        await _store.ReadAsync(TestPlace.Where, Run.Cancel);
        await File.WriteAllTextAsync(File_, content, Run.Cancel);
        string[] lines = left is null ? [] : [left];
        (await _store.ReadAsync(TestPlace.Where, Run.Cancel)).ShouldBe(lines);
        await File.WriteAllTextAsync(File_, content, Run.Cancel);
        (
            await _store.AppendAsync(TestPlace.Where, "next", lines.Length, Run.Cancel)
        ).ShouldBeTrue();
        (await _store.ReadAsync(TestPlace.Where, Run.Cancel)).ShouldBe([.. lines, "next"]);
    }

    [Fact]
    public async Task An_entry_is_one_line() =>
        (
            await Should.ThrowAsync<ArgumentException>(() =>
                _store.AppendAsync(TestPlace.Where, "one\ntwo", 0, Run.Cancel)
            )
        ).Message.ShouldBe("An entry of the ledger is one line. (Parameter 'line')");

    [Fact]
    public async Task Only_the_owner_may_look_into_it()
    {
        await _store.AppendAsync(TestPlace.Where, "one", 0, Run.Cancel);
        File.GetUnixFileMode(Path.Combine(_root, "state"))
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task Two_processes_and_two_threads_at_once_lose_and_tear_no_line()
    {
        var state = Path.Combine(_root, "state");
        using var first = Child.Start(Child.Command("append", state, "40", "first"));
        using var second = Child.Start(Child.Command("append", state, "40", "second"));
        await Task.WhenAll(
            Child.RunAsync(["append", state, "40", "third"]),
            Child.RunAsync(["append", state, "40", "fourth"]),
            first.WaitForExitAsync(Run.Cancel),
            second.WaitForExitAsync(Run.Cancel)
        );
        first.ExitCode.ShouldBe(0);
        second.ExitCode.ShouldBe(0);
        var lines = await _store.ReadAsync(TestPlace.Where, Run.Cancel);
        lines.Count.ShouldBe(160);
        foreach (var name in new[] { "first", "second", "third", "fourth" })
        {
            lines
                .Where(l => l.StartsWith(name + " ", StringComparison.Ordinal))
                .ShouldBe(Enumerable.Range(0, 40).Select(i => $"{name} {i}"));
        }
    }

    [Fact]
    public async Task Waiting_for_the_lock_can_be_ended()
    {
        await _store.ReadAsync(TestPlace.Where, Run.Cancel);
        await using var held = new FileStream(
            Path.ChangeExtension(File_, ".lock"),
            FileMode.Open,
            FileAccess.Write,
            FileShare.None
        );
        using var soon = new CancellationTokenSource(50);
        await Should.ThrowAsync<OperationCanceledException>(() =>
            _store.ReadAsync(TestPlace.Where, soon.Token)
        );
    }

    [Theory]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("ä")]
    public async Task A_name_that_no_folder_can_have_is_refused(string name)
    {
        var error = await Should.ThrowAsync<OutcomeException>(() =>
            _store.ReadAsync(new Place("api", name), Run.Cancel)
        );
        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"'{name}' cannot be the name of a service or an environment here: use letters, digits, '-', '_' and '.'."
        );
    }
}
