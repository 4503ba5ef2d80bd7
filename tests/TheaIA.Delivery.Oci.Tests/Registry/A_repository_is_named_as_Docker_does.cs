using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Registry;

namespace TheaIA.Delivery.Oci.Tests.Registry;

public sealed class A_repository_is_named_as_Docker_does
{
    [Theory]
    [InlineData(
        "127.0.0.1:5000/theaia-api",
        "127.0.0.1:5000",
        "theaia-api",
        "http://127.0.0.1:5000/"
    )]
    [InlineData("localhost/theaia-api", "localhost", "theaia-api", "http://localhost/")]
    [InlineData("localhost:5000/a/b", "localhost:5000", "a/b", "http://localhost:5000/")]
    [InlineData("[::1]:5000/a", "[::1]:5000", "a", "http://[::1]:5000/")]
    [InlineData(
        "registry.example/team/a_b.c-d",
        "registry.example",
        "team/a_b.c-d",
        "https://registry.example/"
    )]
    [InlineData("registry:5000/a", "registry:5000", "a", "https://registry:5000/")]
    [InlineData("docker.io/ubuntu", "docker.io", "library/ubuntu", "https://registry-1.docker.io/")]
    [InlineData("docker.io/team/a", "docker.io", "team/a", "https://registry-1.docker.io/")]
    [InlineData("index.docker.io/team/a", "docker.io", "team/a", "https://registry-1.docker.io/")]
    public void A_name_tells_host_and_path(string text, string host, string path, string origin)
    {
        var address = RepositoryAddress.Parse(text);

        address.Host.ShouldBe(host);
        address.Path.ShouldBe(path);
        address.Origin.ShouldBe(new Uri(origin));
        address.Whole.ShouldBe($"{host}/{path}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("theaia-api")]
    [InlineData("team/theaia-api")]
    [InlineData("127.0.0.1:5000")]
    [InlineData("127.0.0.1:5000/")]
    [InlineData("127.0.0.1:5000/theaia-api:1")]
    [InlineData("127.0.0.1:5000/theaia-api@sha256:00")]
    [InlineData("http://127.0.0.1:5000/theaia-api")]
    [InlineData("127.0.0.1:5000/Theaia")]
    [InlineData("127.0.0.1:5000/a//b")]
    [InlineData("127.0.0.1:5000/../b")]
    [InlineData("127.0.0.1:5000/a?b=c")]
    [InlineData("127.0.0.1:5000/a\n")]
    [InlineData("a.b@c/d")]
    public void What_is_none_is_refused(string text)
    {
        var error = Should.Throw<OutcomeException>(() => Oci.RegistryAt(text, "nowhere"));

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"'{text}' is no repository: name it as HOST[:PORT]/REPOSITORY, without tag and digest (127.0.0.1:5000/theaia-api)."
        );
    }

    [Fact]
    public void Its_name_is_its_host() =>
        Oci.RegistryAt("registry.example/team/api", "nowhere").Name.ShouldBe("registry.example");

    [Theory]
    [InlineData("registry.example/team/api", "team/api")]
    [InlineData("registry.example/base", "base")]
    [InlineData("theaia-api", "team/api")]
    [InlineData("team/other", "team/api")]
    public void A_claim_of_the_same_host_or_of_none_is_in_it(string repository, string path) =>
        RepositoryAddress.Parse("registry.example/team/api").Of(repository).Path.ShouldBe(path);

    [Fact]
    public void A_claim_of_another_host_is_not()
    {
        var error = Should.Throw<OutcomeException>(() =>
            RepositoryAddress.Parse("registry.example/api").Of("other.example/api")
        );

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            "other.example/api is not in registry.example, which this run works with: name its registry with --registry other.example/api."
        );
    }
}
