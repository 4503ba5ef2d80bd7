using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Registry;
using TheaIA.Delivery.Oci.Tests.Given;
using TheaIA.Delivery.Oci.Tests.Registry.Given;

namespace TheaIA.Delivery.Oci.Tests.Registry;

[Trait("Real", "docker-registry")]
public sealed class The_real_registry_takes_it : IAsyncLifetime
{
    private readonly Registered given = new();
    private RealRegistry? real;

    private RealRegistry Real => real!;

    private string Repository => $"{Real.Host}/team/theaia-api";

    public async ValueTask InitializeAsync() => real = await RealRegistry.NewAsync();

    [Fact]
    public async Task An_image_goes_there_and_comes_back_and_a_second_push_sends_nothing()
    {
        var release = await BuiltAsync(3_000_000);

        (await PushAsync(release)).ShouldBe(new PushResult(2, 0));
        var uploads = Uploads();
        (await PushAsync(release)).ShouldBe(new PushResult(2, 2));

        Uploads().ShouldBe(uploads);
        await Client().PullAsync(release, given.Sandbox["pulled"], Sandbox.Cancel);
        var layer = given.LayerOf(release);
        File.ReadAllBytes(Sandbox.Blob(given.Sandbox["pulled"], layer))
            .ShouldBe(File.ReadAllBytes(Sandbox.Blob(given.Layout, layer)));
    }

    [Fact]
    public async Task It_is_found_by_what_a_person_types()
    {
        var release = await BuiltAsync(2_000);
        await PushAsync(release);
        await Client().TagAsync(release, $"git-{release.Commit}", Sandbox.Cancel);
        await Client().TagAsync(release, $"git-{release.Commit}", Sandbox.Cancel);

        foreach (
            var reference in (string[])
                [
                    release.What.Digest,
                    release.What.Short,
                    release.Commit,
                    release.Commit[..7],
                    release.Version,
                    $"git-{release.Commit}",
                ]
        )
        {
            (await Client().FindAsync(Repository, reference, Sandbox.Cancel)).ShouldBe(
                release,
                reference
            );
        }
        (await Client().FindAsync(Repository, "ccccccc", Sandbox.Cancel)).ShouldBeNull();
        (await Client().TagsAsync(Repository, Sandbox.Cancel)).ShouldBe([$"git-{release.Commit}"]);
        (
            await Client().ReferrersAsync(Repository, release.What.Digest, null, Sandbox.Cancel)
        ).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tag_is_never_moved()
    {
        var one = await BuiltAsync(2_000);
        var two = await BuiltAsync(2_000, new string('b', 40));
        await PushAsync(one);
        await PushAsync(two);
        await Client().TagAsync(one, "git-1", Sandbox.Cancel);

        var error = await Should.ThrowAsync<OutcomeException>(
            Client().TagAsync(two, "git-1", Sandbox.Cancel)
        );

        error.Message.ShouldStartWith($"The tag git-1 of team/theaia-api in {Real.Host} names ");
    }

    [Fact]
    public async Task A_registry_that_is_killed_in_the_middle_of_a_push_gets_it_all_the_same()
    {
        var release = await BuiltAsync(40_000_000);
        var push = PushAsync(release, chunk: 256 * 1024);
        while (Requests("PATCH") < 5 && !push.IsCompleted)
        {
            await Task.Delay(5, Sandbox.Cancel);
        }
        await Real.StopAsync("KILL");
        await Real.StartAsync();

        (await push).ShouldBe(new PushResult(2, 0));

        await Client().PullAsync(release, given.Sandbox["pulled"], Sandbox.Cancel);
    }

    [Fact]
    public async Task Two_pushes_at_once_do_not_disturb_each_other()
    {
        var release = await BuiltAsync(4_000_000);

        await Task.WhenAll(PushAsync(release, 256 * 1024), PushAsync(release, 256 * 1024));

        await Client().PullAsync(release, given.Sandbox["pulled"], Sandbox.Cancel);
    }

    [Fact]
    public async Task A_layer_that_is_changed_on_its_disk_is_found_and_named()
    {
        var release = await BuiltAsync(20_000);
        await PushAsync(release);
        var layer = given.LayerOf(release);
        var data = Path.Combine(
            Real.StorageDirectory,
            "docker/registry/v2/blobs/sha256",
            layer[7..9],
            layer[7..],
            "data"
        );
        var bytes = await File.ReadAllBytesAsync(data, Sandbox.Cancel);
        bytes[1000] ^= 1;
        await File.WriteAllBytesAsync(data, bytes, Sandbox.Cancel);

        var error = await Should.ThrowAsync<OutcomeException>(
            Client().PullAsync(release, given.Sandbox["pulled"], Sandbox.Cancel)
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{layer} in {Real.Host} is damaged (its content has another digest): delete it there, then push it again."
        );
    }

    [Fact]
    public async Task Layers_of_a_base_image_are_mounted()
    {
        var release = await BuiltAsync(20_000);
        var source = new OciRegistry(
            RepositoryAddress.Parse($"{Real.Host}/base"),
            given.Sandbox["state"],
            given.Access
        );
        await source.PushAsync(
            given.Layout,
            release with
            {
                What = release.What with { Repository = $"{Real.Host}/base" },
            },
            Sandbox.Cancel
        );

        (await PushAsync(given.Based(release, $"{Real.Host}/base:1"))).ShouldBe(
            new PushResult(2, 2)
        );
    }

    [Fact]
    public async Task Oras_reads_it()
    {
        var oras = TheaIA.Tests.Real.Need("oras");
        var release = await BuiltAsync(20_000);
        await PushAsync(release);
        await Client().TagAsync(release, "git-1", Sandbox.Cancel);

        var (exit, resolved) = await OrasAsync(
            oras,
            "resolve",
            "--plain-http",
            $"{Repository}:git-1"
        );
        exit.ShouldBe(0, resolved);
        resolved.Trim().ShouldBe(release.What.Digest);
        (exit, var copied) = await OrasAsync(
            oras,
            "copy",
            "--from-plain-http",
            $"{Repository}@{release.What.Digest}",
            "--to-oci-layout",
            given.Sandbox["copied"]
        );
        exit.ShouldBe(0, copied);
        File.ReadAllBytes(Sandbox.Blob(given.Sandbox["copied"], given.LayerOf(release)))
            .ShouldBe(File.ReadAllBytes(Sandbox.Blob(given.Layout, given.LayerOf(release))));
    }

    [Fact]
    public async Task One_that_wants_a_login_gets_it()
    {
        await using var closed = await RealRegistry.NewAsync(login: true);
        var release = await BuiltAsync(2_000);
        var registry = new OciRegistry(
            RepositoryAddress.Parse($"{closed.Host}/theaia-api"),
            given.Sandbox["state"],
            given.Access
        );
        var there = release with
        {
            What = release.What with { Repository = $"{closed.Host}/theaia-api" },
        };

        var error = await Should.ThrowAsync<OutcomeException>(
            registry.PushAsync(given.Layout, there, Sandbox.Cancel)
        );
        error.Message.ShouldContain($"docker login {closed.Host}, then try again.");

        given.LoggedIn(RealRegistry.User, RealRegistry.Password, closed.Host);
        (await registry.PushAsync(given.Layout, there, Sandbox.Cancel)).ShouldBe(
            new PushResult(2, 0)
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (real is not null)
        {
            await real.DisposeAsync();
        }
        await given.DisposeAsync();
    }

    private OciRegistry Client(int chunk = 8 * 1024 * 1024) =>
        new(
            RepositoryAddress.Parse(Repository),
            given.Sandbox["state"],
            given.Access with
            {
                Chunk = chunk,
                Time = TimeProvider.System,
            }
        );

    private async Task<Release> BuiltAsync(int size, string commit = Sandbox.Commit)
    {
        var release = await given.BuiltAsync(size, commit);
        return release with { What = release.What with { Repository = Repository } };
    }

    private Task<PushResult> PushAsync(Release release, int chunk = 8 * 1024 * 1024) =>
        Client(chunk).PushAsync(given.Layout, release, Sandbox.Cancel);

    private int Uploads() => Requests("PUT /v2/team/theaia-api/blobs") + Requests("PATCH");

    private int Requests(string start)
    {
        using var log = new StreamReader(
            new FileStream(
                Real.LogFile,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            )
        );
        return log.ReadToEnd().Split($"\"{start}").Length - 1;
    }

    private static async Task<(int Exit, string Output)> OrasAsync(
        string oras,
        params string[] arguments
    ) => await Sandbox.RunAsync(oras, arguments);
}
