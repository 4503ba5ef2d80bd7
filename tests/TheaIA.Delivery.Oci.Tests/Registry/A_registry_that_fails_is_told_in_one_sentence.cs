using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Registry;
using TheaIA.Delivery.Oci.Registry.Http;
using TheaIA.Delivery.Oci.Tests.Given;
using TheaIA.Delivery.Oci.Tests.Registry.Given;

namespace TheaIA.Delivery.Oci.Tests.Registry;

public sealed class A_registry_that_fails_is_told_in_one_sentence : IAsyncDisposable
{
    private static readonly string[] Uploading = ["POST", "PATCH", "PUT"];
    private readonly Registered given = new();

    private StandIn Registry => given.Registry;

    [Fact]
    public async Task One_that_is_down_with_its_host()
    {
        using var refusing = TestPorts.Refusing(out var port);
        var registry = new OciRegistry(
            RepositoryAddress.Parse($"127.0.0.1:{port}/theaia-api"),
            given.Sandbox["state"],
            given.Access
        );

        var error = await Should.ThrowAsync<OutcomeException>(
            registry.FindAsync("theaia-api", "3f2c1a9", Sandbox.Cancel)
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldMatch(
            $"^127\\.0\\.0\\.1:{port} does not answer \\(Connection refused\\), asked \\d+ times for the tag 3f2c1a9 of theaia-api: see that it runs and that --registry names it, then try again\\.$"
        );
        // later and later, for half a minute in all
        var waits = given.Time.Waits;
        waits.Count.ShouldBeInRange(6, 20);
        waits.Sum(w => w.TotalSeconds).ShouldBe(30, 0.001);
        waits[0].TotalSeconds.ShouldBeInRange(0.25, 0.5);
        waits.Max().TotalSeconds.ShouldBeInRange(4, 8);
    }

    [Fact]
    public async Task One_that_takes_the_call_and_says_nothing()
    {
        Registry.Rule(_ => true, _ => Reply.Of(200) with { Silent = true });

        var error = await Should.ThrowAsync<OutcomeException>(
            given
                .Client(a =>
                    a with
                    {
                        Patience = new Patience
                        {
                            Answer = TimeSpan.FromMilliseconds(100),
                            Trying = TimeSpan.FromSeconds(1),
                        },
                    }
                )
                .FindAsync("theaia-api", "3f2c1a9", Sandbox.Cancel)
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldStartWith(
            $"{Registry.Host} does not answer (no answer in 0.1 s), asked "
        );
    }

    [Fact]
    public async Task One_that_stays_overloaded()
    {
        var release = await given.BuiltAsync();
        Registry.Rule("POST", "uploads", _ => Reply.Error(503, "UNAVAILABLE", "overloaded"));

        var error = await FailsAsync(release);

        error.Message.ShouldMatch(
            $"^{Registry.Host} failed \\d+ times at the upload of sha256:[0-9a-f]{{12}} to theaia-api \\(503 UNAVAILABLE: overloaded\\): look into its log, then try again\\.$"
        );
    }

    [Theory]
    [InlineData("3", 3)]
    [InlineData("Tue, 24 Nov 2026 14:00:05 GMT", 5)]
    [InlineData("3600", 15)]
    public async Task One_that_asks_to_be_left_alone_is(string after, int seconds)
    {
        var release = await given.BuiltAsync();
        Registry.Rule("GET", "manifests", _ => Reply.Of(429, "", ("Retry-After", after)), times: 1);

        await PushAsync(release);

        given.Time.Waits.Single().ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("Tue, 24 Nov 2020 14:00:05 GMT")]
    [InlineData("soon")]
    public async Task One_that_asks_for_no_time_gets_some_still(string after)
    {
        var release = await given.BuiltAsync();
        Registry.Rule("GET", "manifests", _ => Reply.Of(429, "", ("Retry-After", after)), times: 1);

        await PushAsync(release);

        given.Time.Waits.Single().TotalSeconds.ShouldBeInRange(0.25, 0.5);
    }

    [Theory]
    [InlineData(507, "", "507 Status")]
    [InlineData(500, "write /x: no space left on device", "500 write /x: no space left on device")]
    [InlineData(
        500,
        "{\"errors\":[{\"code\":\"UNKNOWN\",\"message\":\"unknown error\",\"detail\":{\"Op\":\"write\",\"Path\":\"/x\",\"Err\":28}}]}",
        "500 UNKNOWN: unknown error {\"Op\":\"write\",\"Path\":\"/x\",\"Err\":28}"
    )]
    public async Task One_whose_disk_is_full_at_once(int status, string body, string said)
    {
        var release = await given.BuiltAsync();
        Registry.Rule(r => Uploading.Contains(r.Method), _ => Reply.Of(status, body));

        var error = await FailsAsync(release);

        error.Message.ShouldMatch(
            $"^{Registry.Host} has no space left for the upload of sha256:[0-9a-f]{{12}} to theaia-api \\({System.Text.RegularExpressions.Regex.Escape(said)}\\): free some there, then try again\\.$"
        );
        given.Time.Waits.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_is_not_tried_again_and_quoted()
    {
        var release = await given.BuiltAsync();
        Registry.Rule(
            "PUT",
            "manifests",
            _ => Reply.Error(400, "MANIFEST_INVALID", "manifest invalid")
        );

        var error = await FailsAsync(release);

        error.Message.ShouldBe(
            $"{Registry.Host} refused the manifest of theaia-api (400 MANIFEST_INVALID: manifest invalid): its log says more; mend that, then try again."
        );
        Registry.Count("PUT", "manifests").ShouldBe(1);
    }

    [Fact]
    public async Task A_long_refusal_is_cut_and_a_page_for_browsers_is_not_shown()
    {
        var release = await given.BuiltAsync();
        Registry.Rule(
            "PUT",
            "manifests",
            _ => Reply.Of(413, new string('x', 900) + "\n\u001b[31m"),
            1
        );
        Registry.Rule("PUT", "manifests", _ => Reply.Of(413, "<html>too large</html>"));

        (await FailsAsync(release)).Message.ShouldContain(
            $"(413 {new string('x', 197)}...): its log"
        );
        (await FailsAsync(release)).Message.ShouldContain("(413 Status): its log");
    }

    [Fact]
    public async Task A_repository_that_is_not_there()
    {
        var release = await given.BuiltAsync();
        Registry.Rule(
            "POST",
            "uploads",
            _ => Reply.Error(404, "NAME_UNKNOWN", "repository name not known to registry")
        );

        var error = await FailsAsync(release);

        error.Message.ShouldMatch(
            $"^{Registry.Host} knows no such repository, asked for the upload of sha256:[0-9a-f]{{12}} to theaia-api \\(404 NAME_UNKNOWN: repository name not known to registry\\): make it there, or look at --registry\\.$"
        );
    }

    [Fact]
    public async Task A_right_that_is_denied_to_anybody()
    {
        var release = await given.BuiltAsync();
        Registry.Rule("POST", "uploads", _ => Reply.Error(403, "DENIED", "read only"));

        var error = await FailsAsync(release);

        error.Message.ShouldMatch(
            $"^{Registry.Host} denies the upload of sha256:[0-9a-f]{{12}} to theaia-api to whoever is not logged in \\(403 DENIED: read only\\): docker login {Registry.Host}, then try again\\.$"
        );
    }

    [Fact]
    public async Task One_that_names_another_digest_for_what_it_took()
    {
        var release = await given.BuiltAsync();
        var other = $"sha256:{new string('0', 64)}";
        Registry.Rule(
            "PUT",
            "manifests",
            r =>
            {
                var usual = Registry.Usual(r);
                usual.Headers["Docker-Content-Digest"] = other;
                return usual;
            }
        );

        var error = await FailsAsync(release);

        error.Message.ShouldBe(
            $"{Registry.Host} says that the manifest of theaia-api is {other}, and it is {release.What.Digest}: do not deploy from it before somebody knows why."
        );
    }

    [Fact]
    public async Task One_that_names_another_digest_for_a_blob()
    {
        var release = await given.BuiltAsync();
        Registry.Rule(
            "PUT",
            "uploads",
            r =>
            {
                var usual = Registry.Usual(r);
                usual.Headers["Docker-Content-Digest"] = $"sha256:{new string('0', 64)}";
                return usual;
            }
        );

        (await FailsAsync(release)).Message.ShouldContain(
            $" is sha256:{new string('0', 64)}, and it is "
        );
        Registry.Manifests.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_that_forgets_the_manifest()
    {
        var release = await given.BuiltAsync();
        Registry.Rule(
            "PUT",
            "manifests",
            _ => Reply.Of(201, "", ("Docker-Content-Digest", release.What.Digest))
        );

        var error = await FailsAsync(release);

        error.Message.ShouldBe(
            $"{Registry.Host} took the manifest of theaia-api and does not have it: look into its log, then try again."
        );
    }

    [Fact]
    public async Task A_slow_one_is_waited_for()
    {
        var release = await given.PushedAsync();
        Registry.Rule("GET", "manifests", r => Registry.Usual(r) with { Trickle = 40 });

        var found = await given
            .Client()
            .FindAsync(Registry.Repository, release.What.Digest, Sandbox.Cancel);

        found.ShouldBe(release);
    }

    [Fact]
    public async Task A_redirect_in_circles()
    {
        Registry.Rule("GET", "manifests", r => Reply.Of(307, "", ("Location", r.Target + "x")));

        var error = await Should.ThrowAsync<OutcomeException>(
            given.Client().FindAsync("theaia-api", "git-1", Sandbox.Cancel)
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{Registry.Host} sends whoever asks for the tag git-1 of theaia-api round in circles or out of TLS, to http://{Registry.Host}: mend the registry's address, then try again."
        );
        Registry.Server.Requests.Count.ShouldBe(6);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/x")]
    public async Task A_redirect_out_of_the_web(string to)
    {
        Registry.Rule("GET", "manifests", _ => Reply.Of(307, "", ("Location", to)));

        var error = await Should.ThrowAsync<OutcomeException>(
            given.Client().FindAsync("theaia-api", "git-1", Sandbox.Cancel)
        );

        error.Message.ShouldContain("round in circles or out of TLS");
    }

    public ValueTask DisposeAsync() => given.DisposeAsync();

    private Task<PushResult> PushAsync(Release release) =>
        given.Client().PushAsync(given.Layout, release, Sandbox.Cancel);

    private async Task<OutcomeException> FailsAsync(Release release)
    {
        var error = await Should.ThrowAsync<OutcomeException>(PushAsync(release));
        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldNotContain("\u001b");
        return error;
    }
}
