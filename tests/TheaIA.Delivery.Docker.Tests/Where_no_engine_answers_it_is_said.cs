using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using TheaIA.Abstractions;
using TheaIA.Delivery.Docker.Engine;
using TheaIA.Delivery.Docker.Tests.Given;

namespace TheaIA.Delivery.Docker.Tests;

public sealed class Where_no_engine_answers_it_is_said : IDisposable
{
    private readonly Workspace workspace = new();

    [Fact]
    public async Task At_a_socket_that_is_not_there()
    {
        var socket = $"unix://{workspace["docker.sock"]}";

        var error = await BuildAsync(socket);

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"No Docker engine answers at {socket}: start it (systemctl start docker, or dockerd), name another by DOCKER_HOST, or build without --docker."
        );
    }

    [Fact]
    public async Task At_a_port_that_refuses()
    {
        using var held = TestPorts.Refusing(out var port);

        var error = await BuildAsync($"tcp://127.0.0.1:{port}");

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldStartWith($"No Docker engine answers at tcp://127.0.0.1:{port}: start");
    }

    [Fact]
    public async Task Where_something_else_listens_that_says_nothing()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var time = new FakeTimeProvider();
        var build = BuildAsync($"tcp://{server.LocalEndpoint}", time);
        using var accepted = await server.AcceptSocketAsync(Workspace.Cancel);

        time.Advance(EngineAbsence.Patience);

        var error = await build;
        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"The Docker engine says nothing for 10 s at tcp://{server.LocalEndpoint}: look into its log, name another by DOCKER_HOST, or build without --docker."
        );
    }

    [Fact]
    public void A_socket_of_another_group_is_told_from_one_that_is_not_there()
    {
        var refused = new HttpRequestException(
            "Connection failed.",
            new SocketException((int)SocketError.AccessDenied)
        );

        var error = EngineAbsence.Of("unix:///var/run/docker.sock", refused);

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            "The Docker engine does not let this user in at unix:///var/run/docker.sock: join its group (docker), name another by DOCKER_HOST, or build without --docker."
        );
    }

    [Theory]
    [InlineData("ssh://host")]
    [InlineData("gopher://host")]
    public async Task An_address_that_is_none_is_refused(string address)
    {
        var error = await BuildAsync(address);

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldStartWith("No Docker engine can be asked (");
        error.Message.ShouldEndWith(
            "): set DOCKER_HOST to unix:///var/run/docker.sock or tcp://HOST:PORT."
        );
    }

    [Fact]
    public async Task Whoever_stops_the_build_stops_the_wait_too()
    {
        workspace.File("Dockerfile", "FROM scratch");
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var stop = new CancellationTokenSource();
        var build = new DockerImageBuilder(new Uri($"tcp://{server.LocalEndpoint}")).BuildAsync(
            workspace.Request(),
            workspace["layout"],
            stop.Token
        );
        using var accepted = await server.AcceptSocketAsync(Workspace.Cancel);

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(build);
    }

    [Fact]
    public async Task Without_a_Dockerfile_no_engine_is_asked()
    {
        var error = await Should.ThrowAsync<OutcomeException>(
            new DockerImageBuilder().BuildAsync(
                workspace.Request() with
                {
                    Dockerfile = null,
                },
                workspace["layout"],
                Workspace.Cancel
            )
        );

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            "No Dockerfile is named for theaia-api: a Docker engine builds nothing else."
        );
    }

    public void Dispose() => workspace.Dispose();

    private Task<OutcomeException> BuildAsync(string endpoint, TimeProvider? time = null)
    {
        workspace.File("Dockerfile", "FROM scratch");
        return Should.ThrowAsync<OutcomeException>(
            new DockerImageBuilder(new Uri(endpoint), time).BuildAsync(
                workspace.Request(),
                workspace["layout"],
                Workspace.Cancel
            )
        );
    }
}
