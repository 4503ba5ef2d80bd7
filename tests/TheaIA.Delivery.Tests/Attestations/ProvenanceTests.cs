using System.Text.Json;

namespace TheaIA.Delivery.Tests.Attestations;

public sealed class ProvenanceTests
{
    [Theory]
    [InlineData("https://github.com/theaia/thea", "git+https://github.com/theaia/thea")]
    [InlineData("https://u:p%40w@host:8443/a/b.git?x=1#f", "git+https://host:8443/a/b.git")]
    [InlineData("git@github.com:theaia/thea.git", "git+ssh://github.com/theaia/thea.git")]
    [InlineData("github.com:theaia/thea.git", "git+ssh://github.com/theaia/thea.git")]
    [InlineData("ssh://git@host:2222/a", "git+ssh://host:2222/a")]
    [InlineData("http://127.0.0.1:3000/a.git ", "git+http://127.0.0.1:3000/a.git")]
    [InlineData("/srv/git/thea", null)]
    [InlineData("../thea", null)]
    [InlineData("file:///srv/git/thea", null)]
    [InlineData(@"C:\git\thea", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_remote_is_told_without_what_a_person_logs_in_with(string? remote, string? uri)
    {
        var source = Json(Given.Facts with { Remote = remote })
            .GetProperty("buildDefinition")
            .GetProperty("resolvedDependencies")[0];

        source.GetProperty("digest").GetProperty("gitCommit").GetString().ShouldBe(Given.Commit);
        (source.TryGetProperty("uri", out var told) ? told.GetString() : null).ShouldBe(
            uri is null ? null : $"{uri}@{Given.Commit}"
        );
    }

    [Theory]
    [InlineData("registry", "127.0.0.1:5000/a", "127.0.0.1:5000/a")]
    [InlineData("base-image", "host/a@sha256:1", "host/a@sha256:1")]
    [InlineData("proxy", "http://me:word@proxy:3128/", "http://proxy:3128/")]
    [InlineData("COSIGN_PASSWORD", "correct-horse", null)]
    [InlineData("cosign-key", "cosign.key", null)]
    [InlineData("githubToken", "ghs_1", null)]
    [InlineData("client_secret", "1", null)]
    [InlineData("PassPhrase", "1", null)]
    [InlineData("api-Key", "1", null)]
    [InlineData("p-a-s-s-w-o-r-d", "1", null)]
    [InlineData("credentials", "1", null)]
    [InlineData("file", "-----BEGIN EC PRIVATE KEY-----", null)]
    public void What_sounds_or_looks_like_a_secret_is_not_told(
        string name,
        string value,
        string? told
    )
    {
        var build = Json(
                Given.Facts with
                {
                    Parameters = [new(name, value)],
                    OwnSettings = [new(name, value)],
                }
            )
            .GetProperty("buildDefinition");

        Told(build.GetProperty("externalParameters").GetProperty("parameters")).ShouldBe(told);
        Told(build.GetProperty("internalParameters")).ShouldBe(told);

        string? Told(JsonElement parameters) =>
            parameters.TryGetProperty(name, out var found) ? found.GetString() : null;
    }

    [Fact]
    public void A_base_from_a_folder_has_its_digest_alone()
    {
        var digest = "sha256:" + new string('c', 64);
        foreach (var folder in (string[])["./base", "/srv/base", ""])
        {
            var image = Json(Given.Facts with { Base = new Claim(folder, digest) })
                .GetProperty("buildDefinition")
                .GetProperty("resolvedDependencies")[1];

            image.TryGetProperty("uri", out _).ShouldBeFalse();
            image
                .GetProperty("digest")
                .GetProperty("sha256")
                .GetString()
                .ShouldBe(new string('c', 64));
        }
    }

    [Fact]
    public void Where_nothing_but_the_release_is_known_the_builder_is_this_machine()
    {
        var facts = new ProvenanceFacts(Given.Release, Given.At, Given.At.AddSeconds(3));
        var run = Json(facts).GetProperty("runDetails");

        run.GetProperty("builder").GetRawText().ShouldContain("https://theaia.com/builders/local");
        run.GetProperty("builder").TryGetProperty("version", out _).ShouldBeFalse();
        run.GetProperty("metadata").TryGetProperty("invocationId", out _).ShouldBeFalse();
        Given
            .Read(Predicates.Provenance(facts))
            .Value.ShouldBe("made in 3.0 s by https://theaia.com/builders/local");
    }

    [Theory]
    [InlineData("2026-11-24T13:00:00Z", "2026-11-24T13:00:41.5Z", 41.5)]
    [InlineData("2026-11-24T14:00:00+01:00", "2026-11-24T13:00:41Z", 41)]
    [InlineData("2026-11-24T13:00:41Z", "2026-11-24T13:00:00Z", 0)]
    [InlineData("2026-11-24T13:00:00Z", "2026-11-25T13:00:00Z", 86_400)]
    [InlineData("2026-11-24T13:00:00Z", "2026-11-25T13:00:01Z", 0)]
    [InlineData("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", 0)]
    [InlineData("soon", "2026-11-25T13:00:01Z", 0)]
    [InlineData("", "2026-11-25T13:00:01Z", 0)]
    public void The_time_that_it_took_counts(string started, string finished, double seconds)
    {
        using var json = JsonDocument.Parse(
            $$"""
            { "runDetails": { "metadata": { "startedOn": "{{started}}", "finishedOn": "{{finished}}" } } }
            """
        );

        Predicates.MadeIn(json.RootElement).ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{ "runDetails": 1 }""")]
    [InlineData("""{ "runDetails": { "metadata": { "startedOn": "2026-11-24T13:00:00Z" } } }""")]
    public void Where_nobody_says_it_is_zero(string text)
    {
        using var json = JsonDocument.Parse(text);

        Predicates.MadeIn(json.RootElement).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void What_was_written_is_what_it_took() =>
        Predicates.MadeIn(Json(Given.Facts)).ShouldBe(TimeSpan.FromSeconds(41.5));

    private static JsonElement Json(ProvenanceFacts facts)
    {
        using var document = JsonDocument.Parse(Predicates.Provenance(facts).Predicate);
        return document.RootElement.Clone();
    }
}
