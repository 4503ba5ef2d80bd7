using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Tests.Given;

namespace TheaIA.Delivery.Oci.Tests;

public sealed class A_release_is_found_by_what_a_person_types : IDisposable
{
    private readonly Sandbox sandbox = new();

    [Fact]
    public async Task With_the_time_that_it_was_made_in_which_is_not_in_its_digest()
    {
        var release = await sandbox.PushedAsync(sandbox.Request(sandbox.Application("one")));
        var made = release with { MadeIn = TimeSpan.FromSeconds(69.25) };
        (await FindAsync(release.What.Digest)).ShouldBe(release);

        await sandbox.Store.TagAsync(made, $"git-{Sandbox.Commit}", Sandbox.Cancel);

        foreach (var reference in (string[])[release.What.Digest, $"git-{Sandbox.Commit}"])
        {
            (await FindAsync(reference)).ShouldBe(made);
        }
        // made again by another run, it keeps the time of the release that it is
        var again = release with
        {
            MadeIn = TimeSpan.FromSeconds(2),
        };
        await sandbox.Store.TagAsync(again, $"git-{Sandbox.Commit}", Sandbox.Cancel);
        (await FindAsync(release.What.Digest)).ShouldBe(made);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("1e300")]
    public async Task A_time_that_is_none_stops_nobody(string time)
    {
        var release = await sandbox.PushedAsync(sandbox.Request(sandbox.Application("one")));
        await sandbox.Store.TagAsync(
            release with
            {
                MadeIn = TimeSpan.FromSeconds(69.25),
            },
            "git-1",
            Sandbox.Cancel
        );
        var index = Path.Combine(sandbox.StoreRoot, "index.json");
        var text = await File.ReadAllTextAsync(index, Sandbox.Cancel);
        text.ShouldContain("\"69.250\"");
        await File.WriteAllTextAsync(
            index,
            text.Replace("69.250", time, StringComparison.Ordinal),
            Sandbox.Cancel
        );

        (await FindAsync("git-1")).ShouldBe(release);
    }

    [Fact]
    public async Task By_digest_commit_version_and_tag()
    {
        var release = await sandbox.PushedAsync(sandbox.Request(sandbox.Application("one")));
        await sandbox.PushedAsync(
            sandbox.Request(sandbox.Application("two", ("TheaIA.Api.dll", "2"))) with
            {
                Commit = new string('b', 40),
                Version = "0.1.0+bbbbbbb",
            }
        );
        var digest = release.What.Digest;
        await sandbox.Store.TagAsync(release, $"git-{Sandbox.Commit}", Sandbox.Cancel);

        string[] references =
        [
            digest,
            release.What.Short,
            digest[7..14],
            digest[7..].ToUpperInvariant(),
            Sandbox.Commit,
            "3f2c1a9",
            "3F2C1A9D",
            "0.1.0+3f2c1a9",
            $"git-{Sandbox.Commit}",
        ];
        foreach (var reference in references)
        {
            (await FindAsync(reference)).ShouldBe(release, reference);
        }
    }

    [Theory]
    [InlineData("sha256:00000000")]
    [InlineData("sha256:")]
    [InlineData("sha256:3f2c1a9d")]
    [InlineData("3f2c1a")]
    [InlineData("0.1.0")]
    [InlineData("git-3f2c1a9")]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    public async Task What_names_nothing_finds_nothing(string reference)
    {
        await sandbox.PushedAsync(sandbox.Request(sandbox.Application("one")));

        (await FindAsync(reference)).ShouldBeNull();
    }

    [Fact]
    public async Task Another_repository_has_its_own_releases()
    {
        var release = await sandbox.PushedAsync(sandbox.Request(sandbox.Application("one")));

        var found = await sandbox.Store.FindAsync("other", release.What.Digest, Sandbox.Cancel);

        found.ShouldBeNull();
    }

    [Fact]
    public async Task An_empty_store_finds_nothing() => (await FindAsync("3f2c1a9")).ShouldBeNull();

    [Fact]
    public async Task Two_releases_of_one_commit_are_named()
    {
        var one = await sandbox.PushedAsync(sandbox.Request(sandbox.Application("one")));
        var two = await OtherAsync(dirty: false);

        var error = await Should.ThrowAsync<OutcomeException>(FindAsync("3f2c1a9"));

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"'3f2c1a9' names 2 releases of theaia-api: {one.What.Short} (3f2c1a9), {two.What.Short} (3f2c1a9). Name one by its digest."
        );
    }

    [Fact]
    public async Task Of_those_the_tagged_one_is_the_commits_release()
    {
        await sandbox.PushedAsync(sandbox.Request(sandbox.Application("one")));
        var two = await OtherAsync(dirty: false);
        await sandbox.Store.TagAsync(two, $"git-{Sandbox.Commit}", Sandbox.Cancel);

        (await FindAsync("3f2c1a9")).ShouldBe(two);
    }

    [Fact]
    public async Task Then_the_clean_one_and_a_dirty_one_by_its_name()
    {
        var clean = await sandbox.PushedAsync(sandbox.Request(sandbox.Application("one")));
        var dirty = await OtherAsync(dirty: true);

        (await FindAsync("3f2c1a9")).ShouldBe(clean);
        (await FindAsync("3f2c1a9+changes")).ShouldBe(dirty);
    }

    [Fact]
    public async Task A_dirty_one_alone_is_found_by_its_commit()
    {
        var dirty = await OtherAsync(dirty: true);

        (await FindAsync("3f2c1a9")).ShouldBe(dirty);
    }

    [Fact]
    public async Task A_damaged_release_hides_no_other_but_is_not_passed_over_in_silence()
    {
        var one = await sandbox.PushedAsync(sandbox.Request(sandbox.Application("one")));
        var two = await sandbox.PushedAsync(
            sandbox.Request(sandbox.Application("two", ("TheaIA.Api.dll", "2"))) with
            {
                Commit = new string('b', 40),
            }
        );
        File.WriteAllText(Sandbox.Blob(sandbox.StoreRoot, two.What.Digest), "{}");

        (await FindAsync("3f2c1a9")).ShouldBe(one);
        var error = await Should.ThrowAsync<OutcomeException>(FindAsync("bbbbbbb"));
        error.Message.ShouldBe(
            $"{two.What.Digest} in this machine's store is damaged (its content has another digest): push it again."
        );
    }

    [Fact]
    public async Task A_release_whose_manifest_is_gone_is_told()
    {
        var one = await sandbox.PushedAsync(sandbox.Request(sandbox.Application("one")));
        File.Delete(Sandbox.Blob(sandbox.StoreRoot, one.What.Digest));

        var error = await Should.ThrowAsync<OutcomeException>(FindAsync(one.What.Digest));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"There is no {one.What.Digest} in this machine's store: push it again."
        );
    }

    [Fact]
    public async Task A_tag_never_moves()
    {
        var one = await sandbox.PushedAsync(sandbox.Request(sandbox.Application("one")));
        var two = await OtherAsync(dirty: false);
        await sandbox.Store.TagAsync(one, "git-1", Sandbox.Cancel);
        await sandbox.Store.TagAsync(one, "git-1", Sandbox.Cancel);
        await sandbox.Store.TagAsync(one, "v1", Sandbox.Cancel);

        var error = await Should.ThrowAsync<OutcomeException>(
            sandbox.Store.TagAsync(two, "git-1", Sandbox.Cancel)
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"The tag git-1 of theaia-api in this machine's store names {one.What.Short}, not {two.What.Short}, and a tag is never moved: commit what changed, then push again."
        );
        (await FindAsync("git-1")).ShouldBe(one);
        (await FindAsync("v1")).ShouldBe(one);
        File.ReadAllText(sandbox["state/store/index.json"])
            .ShouldContain("\"org.opencontainers.image.ref.name\":\"theaia-api:git-1\"");
    }

    [Fact]
    public async Task What_was_not_pushed_cannot_be_tagged()
    {
        var build = await sandbox.BuildAsync(sandbox.Request(sandbox.Application("one")));

        var error = await Should.ThrowAsync<OutcomeException>(
            sandbox.Store.TagAsync(build.Release, "git-1", Sandbox.Cancel)
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"There is no {build.Release.What.Short} of theaia-api in this machine's store to tag: ./build.sh Push brings it there."
        );
    }

    public void Dispose() => sandbox.Dispose();

    private Task<Release> OtherAsync(bool dirty) =>
        sandbox.PushedAsync(
            sandbox.Request(sandbox.Application("other", ("TheaIA.Api.dll", "other"))) with
            {
                Dirty = dirty,
            }
        );

    private Task<Release?> FindAsync(string reference) =>
        sandbox.Store.FindAsync("theaia-api", reference, Sandbox.Cancel);
}
