using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Tests.Given;
using TheaIA.Delivery.Oci.Tests.Registry.Given;

namespace TheaIA.Delivery.Oci.Tests.Registry;

public sealed class A_tag_in_a_registry_is_never_moved : IAsyncDisposable
{
    private readonly Registered given = new();

    private StandIn Registry => given.Registry;

    [Fact]
    public async Task It_is_set_once_and_read_back()
    {
        var release = await given.PushedAsync();

        await TagAsync(release, "git-1");
        await TagAsync(release, "git-1");

        Registry.Tags["theaia-api git-1"].ShouldBe(release.What.Digest);
        Registry.Count("PUT", "manifests/git-1").ShouldBe(1);
    }

    [Fact]
    public async Task To_another_digest_it_is_refused()
    {
        var one = await given.PushedAsync();
        var two = await given.PushedAsync(commit: new string('b', 40));
        await TagAsync(one, "git-1");

        var error = await Should.ThrowAsync<OutcomeException>(TagAsync(two, "git-1"));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"The tag git-1 of theaia-api in {Registry.Host} names {one.What.Short}, not {two.What.Short}, and a tag is never moved: commit what changed, then push again."
        );
        Registry.Tags["theaia-api git-1"].ShouldBe(one.What.Digest);
    }

    [Fact]
    public async Task That_of_an_environment_is_moved_and_set_once()
    {
        var one = await given.PushedAsync();
        var two = await given.PushedAsync(commit: new string('b', 40));

        await given.Client().MoveTagAsync(one.What, "rehearsal", CancellationToken.None);
        await given.Client().MoveTagAsync(two.What, "rehearsal", CancellationToken.None);
        await given.Client().MoveTagAsync(two.What, "rehearsal", CancellationToken.None);

        Registry.Tags["theaia-api rehearsal"].ShouldBe(two.What.Digest);
        Registry.Count("PUT", "manifests/rehearsal").ShouldBe(2);
    }

    [Fact]
    public async Task That_of_an_environment_which_is_refused_is_said()
    {
        var one = await given.PushedAsync();
        Registry.Rule(
            "PUT",
            "manifests/rehearsal",
            _ => Reply.Error(403, "DENIED", "who may only read")
        );

        var error = await Should.ThrowAsync<OutcomeException>(
            given.Client().MoveTagAsync(one.What, "rehearsal", CancellationToken.None)
        );

        error.Message.ShouldContain(Registry.Host);
    }

    [Fact]
    public async Task Where_another_was_quicker_with_the_same_it_is_well()
    {
        var release = await given.PushedAsync();
        Registry.Rule(
            "PUT",
            "manifests/git-1",
            r =>
            {
                Registry.Usual(r);
                return Reply.Error(400, "TAG_INVALID", "tags are immutable here");
            }
        );

        await TagAsync(release, "git-1");

        Registry.Tags["theaia-api git-1"].ShouldBe(release.What.Digest);
    }

    [Fact]
    public async Task Where_another_was_quicker_with_something_else_it_is_told()
    {
        var one = await given.PushedAsync();
        var two = await given.PushedAsync(commit: new string('b', 40));
        Registry.Rule(
            "PUT",
            "manifests/git-1",
            _ =>
            {
                Registry.Tags["theaia-api git-1"] = two.What.Digest;
                return Reply.Error(400, "TAG_INVALID", "tags are immutable here");
            }
        );

        var error = await Should.ThrowAsync<OutcomeException>(TagAsync(one, "git-1"));

        error.Message.ShouldBe(
            $"The tag git-1 of theaia-api in {Registry.Host} names {two.What.Short}, not {one.What.Short}, and a tag is never moved: commit what changed, then push again."
        );
    }

    [Fact]
    public async Task A_tag_that_is_refused_is_told()
    {
        var release = await given.PushedAsync();
        Registry.Rule("PUT", "manifests/git-1", _ => Reply.Error(400, "TAG_INVALID", "no"));

        var error = await Should.ThrowAsync<OutcomeException>(TagAsync(release, "git-1"));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{Registry.Host} refused the tag git-1 of theaia-api (400 TAG_INVALID: no): its log says more; mend that, then try again."
        );
    }

    [Fact]
    public async Task What_was_not_pushed_cannot_be_tagged()
    {
        var release = await given.BuiltAsync();

        var error = await Should.ThrowAsync<OutcomeException>(TagAsync(release, "git-1"));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"There is no {release.What.Short} of theaia-api in {Registry.Host} to tag: ./build.sh Push brings it there."
        );
    }

    public ValueTask DisposeAsync() => given.DisposeAsync();

    private Task TagAsync(Release release, string tag) =>
        given.Client().TagAsync(release, tag, Sandbox.Cancel);
}
