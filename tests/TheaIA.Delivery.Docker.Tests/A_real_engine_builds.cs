using System.Net;
using System.Net.Sockets;
using TheaIA.Abstractions;
using TheaIA.Delivery.Docker.Tests.Given;
using TheaIA.Delivery.Oci;
using TheaIA.Delivery.Oci.Tests.Given;

namespace TheaIA.Delivery.Docker.Tests;

[Trait("Real", "docker")]
public sealed class A_real_engine_builds(SharedEngine shared)
    : IClassFixture<SharedEngine>,
        IAsyncLifetime
{
    private const string Dockerfile = """
        ARG BASE_IMAGE
        ARG SDK_IMAGE
        FROM ${BASE_IMAGE} AS runtime
        WORKDIR /app
        USER 1000
        HEALTHCHECK --interval=10s CMD ["/app/program", "--health"]
        ENTRYPOINT ["/app/program"]
        ARG REVISION
        LABEL org.opencontainers.image.revision="${REVISION}"

        FROM runtime AS from-published
        ARG PUBLISHED=program
        COPY ${PUBLISHED} /app/

        FROM ${SDK_IMAGE} AS from-source
        RUN never
        """;

    private readonly Workspace workspace = new();
    private readonly Progress progress = new();
    private OwnEngine? engine;
    private string on = "";

    private Layout Layout => new(workspace["layout"]);

    public async ValueTask InitializeAsync()
    {
        engine = await shared.EngineAsync();
        workspace
            .File("Dockerfile", Dockerfile)
            .File(".dockerignore", "**/*.pem\nDockerfile\n")
            .File("out/program", "the program")
            .File("out/key.pem", "secret");
        var folder = new BaseFolder(workspace["base"]);
        on = folder.Tiny();
        folder.List(on);
    }

    public ValueTask DisposeAsync()
    {
        workspace.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_image_on_a_base_from_a_folder_of_the_published_files()
    {
        var build = await BuildAsync(Published());

        var manifest = Layout.Json(build.Release.What.Digest);
        var annotations = manifest["annotations"]!;
        string Told(string name) =>
            annotations["org.opencontainers.image." + name]!.GetValue<string>();
        Told("revision").ShouldBe(Workspace.Commit);
        Told("version").ShouldBe("0.1.0+3f2c1a9");
        Told("created").ShouldBe("2026-11-24T13:02:00Z");
        Told("source").ShouldBe("https://example.org/theaia.git");
        Told("base.digest").ShouldBe(on);
        var config = Layout.Config(build);
        config["created"]!.GetValue<string>().ShouldBe("2026-11-24T13:02:00Z");
        config["container_config"].ShouldBeNull();
        var container = config["config"]!;
        container["User"]!.GetValue<string>().ShouldBe("1000");
        container["WorkingDir"]!.GetValue<string>().ShouldBe("/app");
        container["Healthcheck"]!["Interval"]!.GetValue<long>().ShouldBe(10_000_000_000);
        container["Labels"]!["of"]!.GetValue<string>().ShouldBe("the base");
        container["Labels"]!["org.opencontainers.image.revision"]!
            .GetValue<string>()
            .ShouldBe(Workspace.Commit);
        Layout
            .Layers(build)
            .Take(2)
            .ShouldBe([
                BaseFolder.Layer("etc/base", "the base").DiffId,
                BaseFolder.Layer("etc/more", "more of it").DiffId,
            ]);
        Names(build).ShouldContain("app/program");
        Names(build).ShouldNotContain("app/key.pem");
        Names(build).ShouldNotContain("app/Dockerfile");
        build.Release.LocalOnly.ShouldBeFalse();
        build.Note.ShouldMatch(@"^by Docker \d+\.\d+\.\S+, 0 warnings$");
        build.Warnings.ShouldNotBeNull().ShouldBeEmpty();
        progress.Done.ShouldContain(d => d.StartsWith("step 3/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_digest_from_another_checkout_and_another_engine()
    {
        var first = await BuildAsync(Published());
        await using var another = await OwnEngine.NewAsync();
        using var elsewhere = new Workspace();
        elsewhere
            .File("out/program", "the program")
            .File(".dockerignore", "**/*.pem\nDockerfile\n")
            .File("Dockerfile", Dockerfile);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(elsewhere["context/out/program"], (UnixFileMode)0b110_000_000);
        }
        var request = Published();
        progress.Done.Clear();

        var second = await new DockerImageBuilder(another.Endpoint).BuildAsync(
            request with
            {
                Dockerfile = request.Dockerfile! with { Context = elsewhere["context"] },
            },
            elsewhere["layout"],
            Workspace.Cancel
        );

        second.Release.ShouldBe(first.Release);
        // a fresh engine has no base yet
        progress.Done.ShouldContain("giving the base image to the Docker engine");
    }

    [Fact]
    public async Task A_base_from_a_registry_and_the_result_pulled_by_its_digest()
    {
        var oras = Real.Need("oras");
        await using var registry = await RealRegistry.NewAsync();
        var reference = $"{registry.Host}/base@{on}";
        await OrasAsync(oras, $"{workspace["base"]}@{on}", $"{registry.Host}/base:1");
        var request = Published() with
        {
            Base = new BaseImage(reference, new Claim($"{registry.Host}/base", on), null!),
        };

        var build = await BuildAsync(request);

        Layout.Json(build.Release.What.Digest)["annotations"]![
            "org.opencontainers.image.base.name"
        ]!
            .GetValue<string>()
            .ShouldBe($"{registry.Host}/base");
        var digest = build.Release.What.Digest;
        await OrasAsync(oras, $"{workspace["layout"]}@{digest}", $"{registry.Host}/theaia-api:1");
        await engine!.RunAsync("pull", "-q", $"{registry.Host}/theaia-api@{digest}");
        var user = await engine.RunAsync(
            "inspect",
            "--format={{.Config.User}} {{.Config.Healthcheck.Interval}}",
            $"{registry.Host}/theaia-api@{digest}"
        );
        user.ShouldBe("1000 10s");
    }

    [Fact]
    public async Task An_engine_takes_the_application_layer_on_a_base_that_we_made_without_it()
    {
        var oras = Real.Need("oras");
        await using var registry = await RealRegistry.NewAsync();
        workspace.File("out/TheaIA.Api.dll", "the program");
        var build = await Oci.Oci.Builder.BuildAsync(
            Published() with
            {
                ApplicationDirectory = workspace["context/out"],
            },
            workspace["layout"],
            Workspace.Cancel
        );
        var digest = build.Release.What.Digest;
        await OrasAsync(oras, $"{workspace["layout"]}@{digest}", $"{registry.Host}/theaia-api:1");

        // it checks every diff id and that history and layers agree
        await engine!.RunAsync("pull", "-q", $"{registry.Host}/theaia-api@{digest}");

        (
            await engine.RunAsync(
                "inspect",
                "--format={{len .RootFS.Layers}} {{json .Config.Entrypoint}} {{.Config.WorkingDir}}",
                $"{registry.Host}/theaia-api@{digest}"
            )
        ).ShouldBe("3 [\"dotnet\",\"TheaIA.Api.dll\"] /app");
        (await engine.RunAsync("history", "-q", $"{registry.Host}/theaia-api@{digest}"))
            .Split('\n')
            .Length.ShouldBe(3);
    }

    [Fact]
    public async Task Warnings_are_counted()
    {
        var request = Published();
        var build = await BuildAsync(
            request with
            {
                Dockerfile = request.Dockerfile! with
                {
                    Arguments = new Dictionary<string, string>
                    {
                        ["PUBLISHED"] = "out",
                        ["NOBODYS"] = "x",
                    },
                },
            }
        );

        build.Warnings.ShouldNotBeNull().ShouldHaveSingleItem().ShouldContain("NOBODYS");
        build.Note.ShouldEndWith(", 1 warning");
    }

    [Theory]
    [InlineData(
        "FROM scratch\n\n# a comment\nCOPY nowhere \\\n  /app/\n",
        "Line 4 of Dockerfile did not build (COPY failed: ",
        "4 | COPY nowhere \\"
    )]
    [InlineData("FROM scratch\nCOPI a b\n", "Line 2 of Dockerfile did not build (", "2 | COPI a b")]
    [InlineData(
        "FROM scratch\nCOPY out /\nRUN [\"/nothing\"]\n",
        "Line 3 of Dockerfile did not build (",
        "3 | RUN [\"/nothing\"]"
    )]
    public async Task A_line_that_does_not_build_is_quoted(
        string dockerfile,
        string message,
        string line
    )
    {
        workspace.File("Dockerfile", dockerfile);

        var error = await Should.ThrowAsync<OutcomeException>(BuildAsync(workspace.Request()));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldStartWith(message);
        error.Details[0].ShouldBe(line);
        (await engine!.RunAsync("ps", "-aq")).ShouldBeEmpty();
        Directory.Exists(workspace["layout"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_stage_that_is_not_there_is_told()
    {
        var request = Published();
        request = request with { Dockerfile = request.Dockerfile! with { Target = "nope" } };

        var error = await Should.ThrowAsync<OutcomeException>(BuildAsync(request));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldStartWith("Dockerfile did not build (");
        error.Message.ShouldContain("nope");
    }

    [Fact]
    public async Task A_build_that_is_stopped_stops_in_the_engine_too()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        workspace.File(
            "Dockerfile",
            $"FROM {silent.LocalEndpoint}/base@sha256:{new string('0', 64)}\n"
        );
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Workspace.Cancel);
        var build = new DockerImageBuilder(engine!.Endpoint).BuildAsync(
            workspace.Request(),
            workspace["layout"],
            stop.Token
        );
        using var asked = await silent.AcceptTcpClientAsync(Workspace.Cancel);

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(build);
        // whoever is asked sees the engine hang up
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var question = asked.GetStream();
        await question.CopyToAsync(Stream.Null, patience.Token);
    }

    private ImageRequest Published()
    {
        var request = workspace.Request();
        return request with
        {
            Source = "https://example.org/theaia.git",
            Progress = progress,
            Base = OciBase.Parse(
                $"{workspace["base"]}@{on}",
                _ => throw new InvalidOperationException()
            ),
            Dockerfile = request.Dockerfile! with
            {
                Target = "from-published",
                Arguments = new Dictionary<string, string> { ["PUBLISHED"] = "out" },
            },
        };
    }

    private Task<ImageBuild> BuildAsync(ImageRequest request) =>
        new DockerImageBuilder(engine!.Endpoint).BuildAsync(
            request,
            workspace["layout"],
            Workspace.Cancel
        );

    private List<string> Names(ImageBuild build)
    {
        var names = new List<string>();
        foreach (var layer in Layout.Layers(build))
        {
            using var tar = new System.Formats.Tar.TarReader(
                File.OpenRead(workspace[$"layout/blobs/sha256/{layer[7..]}"])
            );
            while (tar.GetNextEntry() is { } entry)
            {
                names.Add(entry.Name);
            }
        }
        return names;
    }

    private static async Task OrasAsync(string oras, string from, string to)
    {
        using var program = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(
                oras,
                ["cp", "--from-oci-layout", from, "--to-plain-http", to]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = program.StandardOutput.ReadToEndAsync(Workspace.Cancel);
        var error = await program.StandardError.ReadToEndAsync(Workspace.Cancel);
        await program.WaitForExitAsync(Workspace.Cancel);
        program.ExitCode.ShouldBe(0, await output + error);
    }
}
