using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TheaIA.Api.Health;

namespace TheaIA.Api.Tests;

public sealed class SelfCheckTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://+:8000", "http://127.0.0.1:8000/")]
    [InlineData("http://*:8000", "http://127.0.0.1:8000/")]
    [InlineData("http://0.0.0.0:8000", "http://127.0.0.1:8000/")]
    [InlineData("http://[::]:8000", "http://127.0.0.1:8000/")]
    [InlineData("http://[::1]:8000", "http://[::1]:8000/")]
    [InlineData("HTTP://localhost", "http://localhost/")]
    [InlineData("https://+:8443; http://127.0.0.1:8001", "http://127.0.0.1:8001/")]
    [InlineData("http://unix:/run/theaia.sock;http://+:8002", "http://127.0.0.1:8002/")]
    [InlineData("", "http://localhost:5000/")]
    [InlineData(null, "http://localhost:5000/")]
    public void It_asks_where_the_service_listens(string? urls, string asked) =>
        SelfCheck.Address(name => name == "ASPNETCORE_URLS" ? urls : null).ShouldBe(new Uri(asked));

    [Theory]
    [InlineData("8080;8081", null, "http://127.0.0.1:8080/")]
    [InlineData("8080", "http://+:8000", "http://127.0.0.1:8000/")]
    public void Ports_alone_count_where_no_address_is_set(
        string ports,
        string? urls,
        string asked
    ) =>
        SelfCheck
            .Address(name => name == "ASPNETCORE_HTTP_PORTS" ? ports : urls)
            .ShouldBe(new Uri(asked));

    [Theory]
    [InlineData("https://+:8443")]
    [InlineData("http://unix:/run/theaia.sock")]
    [InlineData("http://")]
    public async Task Without_an_address_to_ask_it_says_so(string urls) =>
        (await AskAsync(urls)).ShouldBe((1, "ASPNETCORE_URLS names no http:// address to ask.\n"));

    [Fact]
    public async Task A_live_service_is_0_and_nothing_is_said()
    {
        await using var service = new RunningService().OverTcp();
        using var client = service.CreateClient();

        (await AskAsync(client.BaseAddress!.ToString())).ShouldBe((0, ""));
    }

    [Fact]
    public async Task One_that_does_not_answer_is_1()
    {
        using var held = new Socket(SocketType.Stream, ProtocolType.Tcp);
        held.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var address = $"http://{held.LocalEndPoint}";

        var (code, said) = await AskAsync(address);

        code.ShouldBe(1);
        said.ShouldStartWith($"{address}/health/live does not answer: ");
    }

    [Fact]
    public async Task Another_answer_than_a_good_one_is_1()
    {
        var address = Answering(out var answered, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");

        var (code, said) = await AskAsync(address);

        await answered;
        code.ShouldBe(1);
        said.ShouldBe($"{address}/health/live answered 503.\n");
    }

    [Fact]
    public async Task The_program_itself_asks_and_starts_no_service()
    {
        await using var service = new RunningService().OverTcp();
        using var client = service.CreateClient();

        (await RunAsync(client.BaseAddress!.ToString())).ShouldBe(0);
        (await RunAsync("https://+:8443")).ShouldBe(1);
    }

    private static async Task<(int Code, string Said)> AskAsync(string urls)
    {
        await using var said = new StringWriter(CultureInfo.InvariantCulture);
        said.NewLine = "\n";
        var code = await SelfCheck.AskAsync(
            name => name == "ASPNETCORE_URLS" ? urls : null,
            said,
            Cancel
        );
        return (code, said.ToString());
    }

    /// <summary>A server that gives one answer and ends.</summary>
    private static string Answering(out Task answered, string answer)
    {
        var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var address = $"http://{server.LocalEndpoint}";
        answered = AnswerAsync();
        return address;

        async Task AnswerAsync()
        {
            using (server)
            {
                using var client = await server.AcceptTcpClientAsync(Cancel);
                await using var stream = client.GetStream();
                await stream.ReadAtLeastAsync(new byte[16], 16, cancellationToken: Cancel);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), Cancel);
            }
        }
    }

    private static async Task<int> RunAsync(string urls)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [typeof(SelfCheck).Assembly.Location, SelfCheck.Argument]
        )
        {
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_URLS"] = urls;
        using var program = Process.Start(start)!;
        var said = await program.StandardError.ReadToEndAsync(Cancel);
        await program.WaitForExitAsync(Cancel);
        program.ExitCode.ShouldBe(said.Length == 0 ? 0 : 1, said);
        return program.ExitCode;
    }
}
