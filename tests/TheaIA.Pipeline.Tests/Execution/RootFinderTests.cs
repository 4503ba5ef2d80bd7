using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Execution;

/// <summary>Which folder is the checkout's root.</summary>
public sealed class RootFinderTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public void It_is_the_nearest_folder_above_that_has_nuke()
    {
        var inner = Folder("samples/one");
        var deep = Folder("samples/one/src/deep");
        RootFinder.Find(null, _checkout.Root).ShouldBe(_checkout.Root);
        RootFinder.Find(null, deep).ShouldBe(_checkout.Root);
        Folder("samples/one/.nuke");
        RootFinder.Find(null, deep).ShouldBe(inner);
    }

    [Fact]
    public void A_file_called_nuke_marks_nothing()
    {
        var inner = Folder("samples");
        _checkout.Write("samples/.nuke", "");
        RootFinder.Find(null, inner).ShouldBe(_checkout.Root);
    }

    [Fact]
    public void A_typed_one_starts_in_the_current_folder()
    {
        var samples = Folder("samples");
        Folder("samples/.nuke");
        RootFinder.Find("samples", _checkout.Root).ShouldBe(samples);
        RootFinder.Find("..", samples).ShouldBe(_checkout.Root);
        RootFinder.Find(samples, "/").ShouldBe(samples);
    }

    [Theory]
    [InlineData("nowhere")]
    // a file
    [InlineData("readme")]
    public void A_typed_one_must_be_a_folder(string typed)
    {
        _checkout.Write("readme", "");
        var refused = Should.Throw<OutcomeException>(() => RootFinder.Find(typed, _checkout.Root));
        refused.Outcome.ShouldBe(Outcome.Wrong);
        refused.Message.ShouldBe($"--root '{typed}' is not a folder. From the command line.");
    }

    [Fact]
    public void A_typed_one_must_be_a_checkout()
    {
        Folder("empty");
        var refused = Should.Throw<OutcomeException>(() =>
            RootFinder.Find("empty", _checkout.Root)
        );
        refused.Outcome.ShouldBe(Outcome.Wrong);
        refused.Message.ShouldBe(
            "--root 'empty' is not a checkout: there is no .nuke folder in it. From the command line."
        );
        Directory.GetFileSystemEntries(Path.Combine(_checkout.Root, "empty")).ShouldBeEmpty();
    }

    private string Folder(string path) =>
        Directory.CreateDirectory(Path.Combine(_checkout.Root, path)).FullName;
}
