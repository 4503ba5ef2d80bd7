using System.Text;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Registry.Access;
using TheaIA.Delivery.Oci.Tests.Given;
using TheaIA.Delivery.Oci.Tests.Registry.Given;

namespace TheaIA.Delivery.Oci.Tests.Registry;

public sealed class A_login_becomes_a_token : IAsyncDisposable
{
    private readonly Registered given = new();
    private readonly WebServer server;
    private readonly HashSet<string> valid = new(StringComparer.Ordinal);
    private Func<Request, Reply> give;
    private string? realm;
    private int made;

    public A_login_becomes_a_token()
    {
        give = _ => Reply.Json(200, new { token = Make(), expires_in = 300 });
        server = new WebServer(r => give(r));
        Registry.Rule(
            r => !IsValid(r.Header("Authorization")),
            r =>
            {
                var refusal = Reply.Error(401, "UNAUTHORIZED", "authentication required");
                var name = r.Path.Split('/')[2];
                refusal.Headers["WWW-Authenticate"] =
                    $"Bearer realm=\"{realm ?? $"http://{server.Host}/token?kind=a"}\",service=\"the \\\"registry\\\"\",scope=\"repository:{name}:{(r.Method is "GET" or "HEAD" ? "pull" : "pull,push")}\"";
                return refusal;
            }
        );
    }

    private StandIn Registry => given.Registry;

    [Fact]
    public async Task Anybody_gets_one_for_what_anybody_may()
    {
        (await FindAsync()).ShouldBeNull();

        var question = server.Requests.Single();
        question.Path.ShouldBe("/token");
        question.Query["kind"].ShouldBe("a");
        question.Query["service"].ShouldBe("the \"registry\"");
        question.Query["scope"].ShouldBe("repository:theaia-api:pull");
        question.Header("Authorization").ShouldBeNull();
    }

    [Fact]
    public async Task With_the_login_one_for_what_it_may_and_one_token_does_for_a_push()
    {
        given.LoggedIn("user", "correct-horse");
        var release = await given.BuiltAsync();

        await given.Client().PushAsync(given.Layout, release, Sandbox.Cancel);

        Registry.Manifests.Count.ShouldBe(1);
        server.Requests.ShouldAllBe(r =>
            r.Header("Authorization")
            == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("user:correct-horse"))
        );
        Registry
            .Server.Requests.Select(r => r.Header("Authorization"))
            .ShouldAllBe(h => h == null || h.StartsWith("Bearer ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_used_until_it_ends()
    {
        var client = given.Client();
        await FindAsync(client);
        await FindAsync(client);
        server.Requests.Count.ShouldBe(1);

        given.Time.Pass(TimeSpan.FromSeconds(280));
        await FindAsync(client);

        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task One_that_was_taken_back_is_asked_for_anew()
    {
        var client = given.Client();
        await FindAsync(client);
        valid.Clear();

        (await FindAsync(client)).ShouldBeNull();

        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_identity_token_is_exchanged()
    {
        given.Logins(
            new { auth = Convert.ToBase64String("user:"u8), identitytoken = "refresh me" }
        );
        give = _ => Reply.Json(200, new { access_token = Make() });

        (await FindAsync()).ShouldBeNull();

        var question = server.Requests.Single();
        question.Method.ShouldBe("POST");
        var form = Encoding.UTF8.GetString(question.Body);
        form.ShouldContain("grant_type=refresh_token");
        form.ShouldContain("refresh_token=refresh+me");
        form.ShouldContain("scope=repository%3Atheaia-api%3Apull");
        question.Header("Authorization").ShouldBeNull();
    }

    [Fact]
    public async Task What_a_mount_reads_is_asked_for_too()
    {
        var based = given.Based(await given.BuiltAsync(), $"{Registry.Host}/base");

        await given.Client().PushAsync(given.Layout, based, Sandbox.Cancel);

        server.Requests.ShouldContain(r =>
            r.Target.Contains(
                Uri.EscapeDataString("repository:base:pull"),
                StringComparison.Ordinal
            )
        );
    }

    [Fact]
    public async Task A_login_that_the_token_server_refuses_is_named()
    {
        given.LoggedIn("user", "wrong-battery");
        give = _ => Reply.Error(401, "UNAUTHORIZED", "incorrect username or password");

        var error = await FailsAsync();

        error.Message.ShouldBe(
            $"{Registry.Host} refused the login of user from {given.Sandbox["docker/config.json"]} for the tag git-1 of theaia-api (401 UNAUTHORIZED: incorrect username or password): docker login {Registry.Host}, then try again."
        );
        error.ToString().ShouldNotContain("wrong-battery");
    }

    [Fact]
    public async Task Then_the_provider_is_asked()
    {
        given.LoggedIn("user", "wrong-battery");
        var provider = new Provider(Registry.Host);
        provider.Passwords.Enqueue("correct-horse");
        give = r =>
            Encoding
                .UTF8.GetString(
                    Convert.FromBase64String(r.Header("Authorization")!["Basic ".Length..])
                )
                .EndsWith(":correct-horse", StringComparison.Ordinal)
                ? Reply.Json(200, new { token = Make() })
                : Reply.Of(401);

        (await FindAsync(given.Client(a => a with { Hosts = [provider] }))).ShouldBeNull();
    }

    [Fact]
    public async Task One_that_opens_nothing_is_no_login()
    {
        give = _ => Reply.Json(200, new { token = "opens-nothing" });

        var error = await FailsAsync();

        error.Message.ShouldContain("wants a login for the tag git-1 of theaia-api");
        error.Message.ShouldNotContain("opens-nothing");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("hidden")]
    public async Task A_server_that_gives_none_is_named_and_not_quoted(string text)
    {
        give = _ => Reply.Of(200, text);

        var error = await FailsAsync();

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{server.Host} gave no token for {Registry.Host}: see that --registry names an OCI registry."
        );
    }

    [Fact]
    public async Task A_server_that_fails_in_passing_is_asked_again()
    {
        var failures = 2;
        var usual = give;
        give = r => failures-- > 0 ? Reply.Of(503) : usual(r);

        (await FindAsync()).ShouldBeNull();

        given.Time.Waits.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_login_is_not_sent_in_the_clear()
    {
        realm = "http://tokens.example/token";
        given.LoggedIn("user", "correct-horse");

        var error = await FailsAsync();

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{Registry.Host} wants the login sent to tokens.example in the clear, and it is not: mend the registry's token realm to https."
        );
    }

    [Fact]
    public async Task A_registry_that_names_no_server_is_told()
    {
        realm = "nowhere";

        var error = await FailsAsync();

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"{Registry.Host} names no address where logins become tokens ('nowhere'): see that --registry names an OCI registry."
        );
    }

    [Theory]
    [InlineData("realm=\"https://a/b?c=d,e\",service=\"x\"", "https://a/b?c=d,e", "x")]
    [InlineData("service=x, realm=\"a \\\"b\\\" \\\\c\"", "a \"b\" \\c", "x")]
    [InlineData("realm=plain , service = \"y\"", "plain", "y")]
    [InlineData("realm=\"open", "open", "")]
    [InlineData("realm=", "", "")]
    [InlineData("", "", "")]
    public void A_challenge_is_read_with_its_quotes(string text, string to, string service)
    {
        var values = Challenge.Values(text);

        values.GetValueOrDefault("realm", "").ShouldBe(to);
        values.GetValueOrDefault("service", "").ShouldBe(service);
    }

    public async ValueTask DisposeAsync()
    {
        await given.DisposeAsync();
        await server.DisposeAsync();
    }

    private bool IsValid(string? header)
    {
        lock (valid)
        {
            return header is not null && valid.Contains(header["Bearer ".Length..]);
        }
    }

    private string Make()
    {
        var token = $"token{Interlocked.Increment(ref made)}";
        lock (valid)
        {
            valid.Add(token);
        }
        return token;
    }

    private Task<Release?> FindAsync(TheaIA.Delivery.Oci.Registry.OciRegistry? client = null) =>
        (client ?? given.Client()).FindAsync("theaia-api", "git-1", Sandbox.Cancel);

    private Task<OutcomeException> FailsAsync() => Should.ThrowAsync<OutcomeException>(FindAsync());
}
