namespace TheaIA.Front.Tests;

/// <summary>The front as it is started, but in this process and on a free port.</summary>
internal sealed class RunningFront : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _end = new();

    private RunningFront() { }

    public int Port { get; } = TestPorts.Free();

    public string CurrentFile => _folder.Current;

    public Task<int> Ended { get; private set; } = Task.FromResult(-1);

    public StringWriter Errors { get; } = new();

    public HttpClient Client { get; private init; } = null!;

    public static async Task<RunningFront> StartAsync(Current? current = null)
    {
        var front = new RunningFront
        {
            Client = new HttpClient { Timeout = TimeSpan.FromSeconds(20) },
        };
        front.Client.BaseAddress = new Uri($"http://127.0.0.1:{front.Port}");
        if (current is not null)
        {
            front.Serve(current);
        }

        front.Ended = FrontServer.RunAsync(
            ["--port", $"{front.Port}", "--current", front.CurrentFile],
            front.Errors,
            front._end.Token
        );
        while (!await front.AnswersAsync())
        {
            front.Ended.IsCompleted.ShouldBeFalse(front.Errors.ToString());
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        return front;
    }

    public void Serve(Current current) => FrontFile.Write(CurrentFile, current);

    public Task<string> GetAsync(string path = "/") =>
        Client.GetStringAsync(path, TestContext.Current.CancellationToken);

    public Task<string> ReportAsync() => GetAsync("/.front/generations");

    public async Task ReportsAsync(string expected)
    {
        var report = "";
        for (var i = 0; i < 200 && report != expected; i++)
        {
            report = await ReportAsync();
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        report.ShouldBe(expected);
    }

    public Task TellToEndAsync() => _end.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        (await Ended).ShouldBe(0, Errors.ToString());
        Client.Dispose();
        _end.Dispose();
        Errors.Dispose();
        _folder.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await ReportAsync();
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
