using System.Diagnostics;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Store;
using TheaIA.Delivery.Oci.Tests.Given;

namespace TheaIA.Delivery.Oci.Tests;

public sealed class A_push_copies_what_is_missing : IDisposable
{
    private readonly Sandbox sandbox = new();

    [Fact]
    public async Task A_first_push_copies_everything_and_a_second_nothing()
    {
        var build = await sandbox.BuildAsync(sandbox.Request(sandbox.Application("one")));

        (await PushAsync(build.Release)).ShouldBe(new PushResult(2, 0));
        (await PushAsync(build.Release)).ShouldBe(new PushResult(2, 2));

        Directory.GetFiles(sandbox["state/store/blobs/sha256"]).Length.ShouldBe(3);
        sandbox.Store.Name.ShouldBe("this machine's store");
    }

    [Fact]
    public async Task Another_commit_with_the_same_files_shares_the_layer()
    {
        var request = sandbox.Request(sandbox.Application("one"));
        await sandbox.PushedAsync(request);
        var next = await sandbox.BuildAsync(request with { Commit = new string('b', 40) });

        (await PushAsync(next.Release)).ShouldBe(new PushResult(2, 1));
    }

    [Fact]
    public async Task The_store_lies_under_the_state_folder()
    {
        var build = await sandbox.BuildAsync(sandbox.Request(sandbox.Application("one")));

        var store = Oci.Store(sandbox["state"]);
        await store.PushAsync(sandbox["layout"], build.Release, Sandbox.Cancel);

        File.Exists(sandbox["state/store/index.json"]).ShouldBeTrue();
    }

    [Fact]
    public async Task A_damaged_blob_is_told_by_its_digest_and_a_push_mends_it()
    {
        var release = await sandbox.PushedAsync(sandbox.Request(sandbox.Application("one")));
        var digest = release.What.Digest;
        Damage(Sandbox.Blob(sandbox.StoreRoot, digest));

        var error = await Should.ThrowAsync<OutcomeException>(
            sandbox.Store.FindAsync("theaia-api", digest, Sandbox.Cancel)
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{digest} in this machine's store is damaged (its content has another digest): push it again."
        );
        (await PushAsync(release)).ShouldBe(new PushResult(2, 2));
        (await sandbox.Store.FindAsync("theaia-api", digest, Sandbox.Cancel)).ShouldBe(release);
    }

    [Fact]
    public async Task A_damaged_layer_is_not_there_for_a_push()
    {
        var release = await sandbox.PushedAsync(sandbox.Request(sandbox.Application("one")));
        Damage(Largest(sandbox.StoreRoot));

        (await PushAsync(release)).ShouldBe(new PushResult(2, 1));
        (await PushAsync(release)).ShouldBe(new PushResult(2, 2));
    }

    [Fact]
    public async Task A_damaged_source_is_not_pushed_and_the_index_stays_as_it_was()
    {
        await sandbox.PushedAsync(sandbox.Request(sandbox.Application("one")));
        var index = File.ReadAllText(sandbox["state/store/index.json"]);
        var next = await sandbox.BuildAsync(
            sandbox.Request(sandbox.Application("two", ("TheaIA.Api.dll", new string('x', 9000)))),
            "next"
        );
        var layer = Largest(sandbox["next"]);
        Damage(layer);

        var error = await Should.ThrowAsync<OutcomeException>(
            sandbox.Store.PushAsync(sandbox["next"], next.Release, Sandbox.Cancel)
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"sha256:{Path.GetFileName(layer)} in {sandbox["next"]} is damaged (its content has another digest): ./build.sh DockerBuild makes it again."
        );
        File.ReadAllText(sandbox["state/store/index.json"]).ShouldBe(index);
    }

    [Fact]
    public async Task A_source_without_its_manifest_is_told()
    {
        var build = await sandbox.BuildAsync(sandbox.Request(sandbox.Application("one")));
        File.Delete(Sandbox.Blob(sandbox["layout"], build.Release.What.Digest));

        var error = await Should.ThrowAsync<OutcomeException>(PushAsync(build.Release));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"There is no {build.Release.What.Digest} in {sandbox["layout"]}: ./build.sh DockerBuild makes it again."
        );
        Directory.Exists(sandbox.StoreRoot).ShouldBeFalse();
    }

    [Fact]
    public async Task An_image_that_was_not_built_is_not_pushed()
    {
        var build = await sandbox.BuildAsync(sandbox.Request(sandbox.Application("one")));

        var error = await Should.ThrowAsync<OutcomeException>(
            sandbox.Store.PushAsync(sandbox["nowhere"], build.Release, Sandbox.Cancel)
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"There is no image {build.Release.What.Short} in {sandbox["nowhere"]}: ./build.sh DockerBuild makes it."
        );
    }

    [Fact]
    public async Task Pushes_at_the_same_time_lose_nothing()
    {
        var builds = new List<ImageBuild>();
        for (var i = 0; i < 8; i++)
        {
            builds.Add(
                await sandbox.BuildAsync(
                    sandbox.Request(sandbox.Application($"app{i}", ("TheaIA.Api.dll", $"{i}")))
                )
            );
        }

        await Task.WhenAll(
            builds.Select(build =>
                Task.Run(
                    async () =>
                    {
                        await PushAsync(build.Release);
                        await sandbox.Store.TagAsync(
                            build.Release,
                            $"t{builds.IndexOf(build)}",
                            Sandbox.Cancel
                        );
                    },
                    Sandbox.Cancel
                )
            )
        );

        for (var i = 0; i < builds.Count; i++)
        {
            var found = await sandbox.Store.FindAsync("theaia-api", $"t{i}", Sandbox.Cancel);
            found.ShouldBe(builds[i].Release);
        }
    }

    [Fact]
    public async Task A_push_waits_for_another_process_and_goes_on_when_that_is_killed()
    {
        var build = await sandbox.BuildAsync(sandbox.Request(sandbox.Application("one")));
        using var other = await HolderAsync();

        var push = PushAsync(build.Release);
        await Task.Delay(150, Sandbox.Cancel);
        push.IsCompleted.ShouldBeFalse();
        other.Kill();

        (await push).ShouldBe(new PushResult(2, 0));
    }

    [Fact]
    public async Task A_push_does_not_wait_for_ever()
    {
        var build = await sandbox.BuildAsync(sandbox.Request(sandbox.Application("one")));
        using var other = await HolderAsync();
        var store = new OciLayoutStore(sandbox.StoreRoot, new Hurried());

        var error = await Should.ThrowAsync<OutcomeException>(
            store.PushAsync(sandbox["layout"], build.Release, Sandbox.Cancel)
        );

        other.Kill();
        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{sandbox.StoreRoot}/.lock was held by another process for 60 s: wait for the other run to end, then try again."
        );
    }

    [Fact]
    public async Task What_a_killed_push_left_is_not_seen_and_goes_with_the_next()
    {
        var request = sandbox.Request(sandbox.Application("one"));
        var release = await sandbox.PushedAsync(request);
        Sandbox.Write(sandbox["state/store/.aside/half-an-index"], "{\"schemaVer");

        (await sandbox.Store.FindAsync("theaia-api", release.What.Digest, Sandbox.Cancel)).ShouldBe(
            release
        );
        await PushAsync(release);

        Directory.GetFiles(sandbox["state/store/.aside"]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{\"schemaVer")]
    [InlineData("null")]
    [InlineData("{\"schemaVersion\":2,\"mediaType\":\"x\",\"manifests\":null}")]
    public async Task An_index_that_somebody_broke_is_named(string text)
    {
        Sandbox.Write(sandbox["state/store/index.json"], text);

        var error = await Should.ThrowAsync<OutcomeException>(
            sandbox.Store.FindAsync("theaia-api", "3f2c1a9", Sandbox.Cancel)
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{sandbox.StoreRoot}/index.json is not an OCI image index: move it away, then push it again."
        );
    }

    public void Dispose() => sandbox.Dispose();

    private Task<PushResult> PushAsync(Release release) =>
        sandbox.Store.PushAsync(sandbox["layout"], release, Sandbox.Cancel);

    private static void Damage(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
    }

    private static string Largest(string layout) =>
        Directory
            .GetFiles(Path.Combine(layout, "blobs", "sha256"))
            .MaxBy(file => new FileInfo(file).Length)!;

    /// <summary>Another process that holds the store's lock.</summary>
    private async Task<Process> HolderAsync()
    {
        Directory.CreateDirectory(sandbox.StoreRoot);
        var process = Process.Start(
            new ProcessStartInfo(
                "python3",
                [
                    "-c",
                    "import fcntl,sys,time; f=open(sys.argv[1],'w'); fcntl.flock(f,fcntl.LOCK_EX); print('held',flush=True); time.sleep(60)",
                    sandbox["state/store/.lock"],
                ]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
        (await process.StandardOutput.ReadLineAsync(Sandbox.Cancel)).ShouldBe("held");
        return process;
    }

    /// <summary>A minute passes between any two looks at the clock.</summary>
    private sealed class Hurried : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => ticks += 60;
    }
}
