using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace TheaIA.Build.Tests;

/// <summary>The fixtures of tests/Shared, which other test projects trust.</summary>
public sealed class Real_components_come_and_go_with_a_test : IDisposable
{
    private readonly HttpClient _http = new();

    [Fact]
    public void A_program_that_is_missing_is_named_with_what_installs_it()
    {
        // a skip, or a failure where THEAIA_REAL is set
        var missed = Should.Throw<Exception>(() => Real.Need("no-such-program"));

        missed.Message.ShouldEndWith("no-such-program is not here: eng/components.sh installs it");
        Real.Have("no-such-program").ShouldBeFalse();
        Real.Have("bash").ShouldBeTrue();
    }

    [Fact]
    [Trait("Real", "docker-registry")]
    public async Task A_registry_keeps_what_it_has_over_a_crash()
    {
        await using var registry = await RealRegistry.NewAsync();
        var host = registry.Host;
        var blob = "some bytes"u8.ToArray();
        var digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(blob));
        var started = await _http.PostAsync(Url(host, "/v2/a/blobs/uploads/"), null, Cancel);
        var put = new UriBuilder(started.Headers.Location!);
        put.Query += "&digest=" + digest;
        using var content = new ByteArrayContent(blob);
        (await _http.PutAsync(put.Uri, content, Cancel)).StatusCode.ShouldBe(
            HttpStatusCode.Created
        );

        await registry.StopAsync("KILL");

        await Should.ThrowAsync<HttpRequestException>(() =>
            _http.GetAsync(Url(host, "/v2/"), Cancel)
        );
        await registry.StartAsync();
        registry.Host.ShouldBe(host);
        (await _http.GetByteArrayAsync(Url(host, $"/v2/a/blobs/{digest}"), Cancel)).ShouldBe(blob);
        Directory
            .GetFiles(registry.StorageDirectory, "data", SearchOption.AllDirectories)
            .Select(f => Path.GetFileName(Path.GetDirectoryName(f)))
            .ShouldContain(digest["sha256:".Length..]);
        File.ReadAllText(registry.LogFile).ShouldContain($"GET /v2/a/blobs/{digest}");
    }

    [Fact]
    [Trait("Real", "docker-registry")]
    public async Task A_registry_may_want_a_login()
    {
        await using var registry = await RealRegistry.NewAsync(login: true);
        var url = Url(registry.Host, "/v2/");

        (await _http.GetAsync(url, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var pair = $"{RealRegistry.User}:{RealRegistry.Password}";
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.ASCII.GetBytes(pair))
        );
        (await _http.GetAsync(url, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Real", "docker-registry")]
    public async Task A_server_ends_with_all_that_it_started()
    {
        var registry = Real.Need("docker-registry");
        int daemon;
        string folder;
        await using (
            var server = await ServerProcess.StartAsync(
                "bash",
                (port, at) =>
                {
                    var config = Path.Combine(at, "registry.yml");
                    File.WriteAllText(
                        config,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"version: 0.1\nstorage: inmemory\nhttp: {{ addr: \"127.0.0.1:{port}\" }}\n"
                        )
                    );
                    return
                    [
                        "-c",
                        "setsid sleep 600 & echo $! >daemon; exec \"$@\"",
                        "bash",
                        registry,
                        "serve",
                        config,
                    ];
                },
                "/v2/"
            )
        )
        {
            folder = server.Folder;
            daemon = int.Parse(
                File.ReadAllText(Path.Combine(folder, "daemon")),
                CultureInfo.InvariantCulture
            );
            Runs(daemon).ShouldBeTrue();
        }

        Runs(daemon).ShouldBeFalse();
        Directory.Exists(folder).ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_that_does_not_start_says_why()
    {
        var failed = await Should.ThrowAsync<InvalidOperationException>(() =>
            ServerProcess.StartAsync("bash", (_, _) => ["-c", "echo no such option; exit 3"])
        );

        failed.Message.ShouldContain("ended at once:\nno such option");
    }

    [Theory]
    [Trait("Real", "cosign")]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Cosign_is_of_the_major_that_is_asked_for(int major)
    {
        using var cosign = await RealCosign.NewAsync(major);

        File.ReadAllText(cosign.PrivateKey).ShouldContain("ENCRYPTED");
        File.ReadAllText(cosign.PublicKey).ShouldContain("PUBLIC KEY");
        var (exitCode, _) = await cosign.RunAsync("signing-config", "--help");
        (exitCode == 0).ShouldBe(major == 3);
    }

    public void Dispose() => _http.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Uri Url(string host, string path) => new($"http://{host}{path}");

    // one that has ended may wait for its parent to look
    private static bool Runs(int id)
    {
        var status = $"/proc/{id.ToString(CultureInfo.InvariantCulture)}/status";
        return File.Exists(status)
            && !File.ReadAllText(status).Contains("State:\tZ", StringComparison.Ordinal);
    }
}
