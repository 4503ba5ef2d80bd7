using System.Text;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Tests.Given;
using TheaIA.Delivery.Oci.Tests.Registry.Given;

namespace TheaIA.Delivery.Oci.Tests.Registry;

public sealed class A_registry_is_logged_in_to : IAsyncDisposable
{
    private const string Password = "correct-horse";
    private readonly Registered given = new();

    private StandIn Registry => given.Registry;

    private string File => given.Sandbox["docker/config.json"];

    [Fact]
    public async Task By_the_name_and_password_that_Docker_keeps()
    {
        WantsBasic(Password);
        given.LoggedIn("user", Password);

        (await FindAsync()).ShouldBeNull();

        // asked without first, and from then on with
        Registry.Server.Requests.Count(r => r.Header("Authorization") is null).ShouldBe(1);
    }

    [Theory]
    [InlineData("https://HOST/v1/")]
    [InlineData("http://HOST")]
    [InlineData("HOST/v2/")]
    public async Task Under_older_names_for_the_host_too(string key)
    {
        WantsBasic(Password);
        given.LoggedIn(
            "user",
            Password,
            key.Replace("HOST", Registry.Host, StringComparison.Ordinal)
        );

        (await FindAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_config_with_name_and_password_apart_is_read()
    {
        WantsBasic(Password);
        given.Logins(new { username = "user", password = Password });

        (await FindAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Without_a_login_it_says_how_to_get_one()
    {
        WantsBasic(Password);

        var error = await FailsAsync();

        error.Message.ShouldBe(
            $"{Registry.Host} wants a login for the tag git-1 of theaia-api (401 UNAUTHORIZED: authentication required), and none is known here: docker login {Registry.Host}, then try again."
        );
    }

    [Fact]
    public async Task A_wrong_login_is_named_and_its_password_never()
    {
        WantsBasic(Password);
        given.LoggedIn("user", "wrong-battery");

        var error = await FailsAsync();

        error.Message.ShouldBe(
            $"{Registry.Host} refused the login of user from {File} for the tag git-1 of theaia-api (401 UNAUTHORIZED: authentication required): docker login {Registry.Host}, then try again."
        );
        error.ToString().ShouldNotContain("wrong-battery");
    }

    [Fact]
    public async Task A_login_without_the_right_is_named()
    {
        WantsBasic(Password);
        given.LoggedIn("user", Password);
        Registry.Rule("GET", "manifests", _ => Reply.Error(403, "DENIED", "not yours"));

        var error = await FailsAsync();

        error.Message.ShouldBe(
            $"{Registry.Host} denies the tag git-1 of theaia-api to user, the login from {File} (403 DENIED: not yours): ask for the right to it, or docker login {Registry.Host} as somebody who has it."
        );
    }

    [Fact]
    public async Task A_provider_is_asked_where_Docker_has_none()
    {
        WantsBasic(Password);
        var provider = Provider(Password);

        (await FindAsync(provider)).ShouldBeNull();

        provider.Logins.ShouldBe(1);
    }

    [Fact]
    public async Task And_where_what_Docker_has_is_refused()
    {
        WantsBasic(Password);
        given.LoggedIn("user", "wrong-battery");

        (await FindAsync(Provider(Password))).ShouldBeNull();
    }

    [Fact]
    public async Task And_once_more_where_its_own_is_refused()
    {
        WantsBasic(Password);
        var provider = Provider("stale", Password);

        (await FindAsync(provider)).ShouldBeNull();

        provider.Logins.ShouldBe(2);
    }

    [Fact]
    public async Task But_not_for_ever()
    {
        WantsBasic(Password);
        var provider = Provider("stale");

        var error = await FailsAsync(provider);

        provider.Logins.ShouldBe(2);
        error.Message.ShouldContain("refused the login of AWS from its provider for ");
    }

    [Fact]
    public async Task A_login_that_ended_with_403_is_renewed_like_one_with_401()
    {
        Registry.Rule(
            r => r.Header("Authorization") is null,
            _ => Reply.Of(401, "", ("WWW-Authenticate", "Basic realm=\"r\""))
        );
        Registry.Rule(
            r => r.Header("Authorization") != Basic("AWS", Password),
            _ => Reply.Error(403, "DENIED", "Your authorization token has expired.")
        );

        (await FindAsync(Provider("stale", Password))).ShouldBeNull();
    }

    [Fact]
    public async Task A_helper_keeps_the_login()
    {
        WantsBasic(Password);
        given.Config($$"""{"credHelpers":{"{{Registry.Host}}":"pass"},"credsStore":"other"}""");
        var helper = new Helper(_ => new CommandResult(
            0,
            $$"""{"Username":"user","Secret":"{{Password}}"}""",
            ""
        ));

        (await FindAsync(helper)).ShouldBeNull();

        helper.Asked.ShouldBe([$"docker-credential-pass get < {Registry.Host}"]);
    }

    [Fact]
    public async Task One_for_all_hosts_that_has_none_for_this_one_leaves_it_to_the_file()
    {
        WantsBasic(Password);
        given.Logins(new { auth = Encode("user", Password) }, credsStore: "pass");

        (
            await FindAsync(
                new Helper(_ => new CommandResult(
                    1,
                    "credentials not found in native keychain",
                    ""
                ))
            )
        ).ShouldBeNull();
    }

    [Fact]
    public async Task A_helper_that_is_not_here_is_named()
    {
        WantsBasic(Password);
        given.Config("""{"credsStore":"pass"}""");

        var error = await FailsAsync(
            new Helper(_ => throw new OutcomeException(Outcome.Wrong, "no such program"))
        );

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"docker-credential-pass, which Docker's config.json names for {Registry.Host}, is not here: install it, or take it out of there and docker login {Registry.Host}."
        );
    }

    [Fact]
    public async Task But_not_where_a_provider_knows_a_login()
    {
        WantsBasic(Password);
        given.Config("""{"credsStore":"pass"}""");
        var helper = new Helper(_ => throw new OutcomeException(Outcome.Wrong, "no such program"));

        var found = await given
            .Client(a => a with { Runner = helper, Hosts = [Provider(Password)] })
            .FindAsync("theaia-api", "git-1", Sandbox.Cancel);

        found.ShouldBeNull();
    }

    [Theory]
    [InlineData(
        1,
        "locked",
        "docker-credential-pass ended with exit code 1 when asked for the login of HOST: docker login HOST shows why."
    )]
    [InlineData(
        0,
        "{\"Secret\": hidden",
        "docker-credential-pass did not answer with a login when asked for HOST: docker login HOST shows why."
    )]
    [InlineData(
        0,
        "[]",
        "docker-credential-pass did not answer with a login when asked for HOST: docker login HOST shows why."
    )]
    public async Task A_helper_that_fails_is_named_and_not_quoted(
        int exit,
        string output,
        string sentence
    )
    {
        WantsBasic(Password);
        given.Config("""{"credsStore":"pass"}""");

        var error = await FailsAsync(new Helper(_ => new CommandResult(exit, output, "")));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(sentence.Replace("HOST", Registry.Host, StringComparison.Ordinal));
        error.ToString().ShouldNotContain("hidden");
    }

    [Fact]
    public async Task A_helper_with_a_strange_name_is_not_run()
    {
        WantsBasic(Password);
        given.Config("""{"credsStore":"../../bin/sh"}""");

        var error = await FailsAsync(new Helper(_ => throw new NotSupportedException()));

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"'../../bin/sh', which Docker's config.json names for {Registry.Host}, is no credential helper: mend it, or docker login {Registry.Host} anew."
        );
    }

    [Theory]
    [InlineData("{\n \"auths\": {\"x\": {\"auth\": \"c2VjcmV0\"", "no JSON object, line 2")]
    [InlineData("[]", "no JSON object, line 1")]
    public async Task A_broken_config_is_named_and_not_quoted(string text, string why)
    {
        WantsBasic(Password);
        given.Config(text);

        var error = await FailsAsync();

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"{File} holds the logins to registries and cannot be read ({why}): mend it, or move it away and docker login anew."
        );
        error.Message.ShouldNotContain("c2VjcmV0");
    }

    [Theory]
    [InlineData("!!!")]
    [InlineData("bm8gY29sb24=")]
    public async Task A_login_that_is_none_is_named(string auth)
    {
        WantsBasic(Password);
        given.Logins(new { auth });

        var error = await FailsAsync();

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"The login of {Registry.Host} in {File} is no base64 of USER:PASSWORD: docker login {Registry.Host} writes it anew."
        );
    }

    public ValueTask DisposeAsync() => given.DisposeAsync();

    private static string Encode(string user, string password) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    private static string Basic(string user, string password) => $"Basic {Encode(user, password)}";

    private void WantsBasic(string password) =>
        Registry.Rule(
            r =>
                r.Header("Authorization") is not { } header
                || !(header == Basic("user", password) || header == Basic("AWS", password)),
            _ =>
            {
                var refusal = Reply.Error(401, "UNAUTHORIZED", "authentication required");
                refusal.Headers["WWW-Authenticate"] = "Basic realm=\"theaia\"";
                return refusal;
            }
        );

    private Provider Provider(params string[] passwords)
    {
        var provider = new Provider(Registry.Host);
        foreach (var password in passwords)
        {
            provider.Passwords.Enqueue(password);
        }
        return provider;
    }

    private Task<Release?> FindAsync() =>
        given.Client().FindAsync("theaia-api", "git-1", Sandbox.Cancel);

    private Task<Release?> FindAsync(Provider provider) =>
        given
            .Client(a => a with { Hosts = [provider] })
            .FindAsync("theaia-api", "git-1", Sandbox.Cancel);

    private Task<Release?> FindAsync(Helper helper) =>
        given
            .Client(a => a with { Runner = helper })
            .FindAsync("theaia-api", "git-1", Sandbox.Cancel);

    private Task<OutcomeException> FailsAsync() => Should.ThrowAsync<OutcomeException>(FindAsync());

    private Task<OutcomeException> FailsAsync(Provider provider) =>
        Should.ThrowAsync<OutcomeException>(FindAsync(provider));

    private Task<OutcomeException> FailsAsync(Helper helper) =>
        Should.ThrowAsync<OutcomeException>(FindAsync(helper));

    private sealed class Helper(Func<Command, CommandResult> answer) : IRunner
    {
        public List<string> Asked { get; } = [];

        public Task<CommandResult> RunAsync(
            Command command,
            Action<string>? line = null,
            CancellationToken cancel = default
        )
        {
            Asked.Add($"{command} < {command.Input}");
            return Task.FromResult(answer(command));
        }
    }
}
