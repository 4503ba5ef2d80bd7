using System.Net;
using System.Net.Sockets;

namespace TheaIA.Front.Tests;

public sealed class CommandLineTests
{
    private const string Usage = "Usage: dotnet TheaIA.Front.dll --port PORT --current FILE";

    [Theory]
    [InlineData()]
    [InlineData("--port")]
    [InlineData("--port", "8000")]
    [InlineData("--current", "file", "--port", "8000")]
    [InlineData("--port", "8000", "--current", "")]
    [InlineData("--port", "8000", "--current", "file", "more")]
    public async Task When_something_is_missing_or_too_much_it_says_how_it_is_called(
        params string[] args
    )
    {
        using var errors = new StringWriter();

        (await FrontServer.RunAsync(args, errors, TestContext.Current.CancellationToken)).ShouldBe(
            2
        );

        errors.ToString().Trim().ShouldBe($"The front takes a port and a file. {Usage}");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData(" 80")]
    [InlineData("soon")]
    public async Task When_the_port_is_none_it_says_which_are(string port)
    {
        using var errors = new StringWriter();

        (
            await FrontServer.RunAsync(
                ["--port", port, "--current", "file"],
                errors,
                TestContext.Current.CancellationToken
            )
        ).ShouldBe(2);

        errors.ToString().Trim().ShouldBe($"--port '{port}' is no port (1 to 65535). {Usage}");
    }

    [Fact]
    public async Task When_the_port_is_taken_it_ends_with_1_and_names_it()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        using var errors = new StringWriter();

        (
            await FrontServer.RunAsync(
                ["--port", $"{port}", "--current", "file"],
                errors,
                TestContext.Current.CancellationToken
            )
        ).ShouldBe(1);

        errors
            .ToString()
            .Trim()
            .ShouldBe(
                $"The front cannot listen: Failed to bind to address http://127.0.0.1:{port}: address already in use."
            );
    }

    [Fact]
    public void The_program_ends_with_the_exit_code()
    {
        var main = typeof(FrontFile).Assembly.EntryPoint.ShouldNotBeNull();

        main.Invoke(null, [Array.Empty<string>()]).ShouldBe(2);
    }
}
