using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace TheaIA.Tests;

/// <summary>
/// A server for one test: on a free loopback port, in a session and a temporary folder of its own. It is
/// ended with all that it started; where the test run itself is killed, its end of a pipe closes, and the
/// server is killed by that.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Mark = "THEAIA_TEST_SERVER";

    // Between the test and the server. Its first child waits for the pipe to close and then kills the
    // session; without the mark it is no part of the server, and does not hear what ends that gently.
    private const string Keeper = """
        exec 3<&0
        log=$1
        shift
        env -u THEAIA_TEST_SERVER bash -c 'cat >/dev/null; kill -KILL -- -$1' watch $$ <&3 >/dev/null 2>&1 &
        "$@" 3<&- </dev/null >>"$log" 2>&1 &
        exec 3<&-
        wait $!
        """;

    private readonly string _program;
    private readonly Func<int, string, IReadOnlyList<string>> _arguments;
    private readonly string? _answersAt;
    private readonly IReadOnlyDictionary<string, string?>? _environment;
    private readonly string _mark = Guid.NewGuid().ToString("N");
    private Process? _keeper;

    private ServerProcess(
        string program,
        Func<int, string, IReadOnlyList<string>> arguments,
        string? answersAt,
        IReadOnlyDictionary<string, string?>? environment
    )
    {
        _program = program;
        _arguments = arguments;
        _answersAt = answersAt;
        _environment = environment;
    }

    public int Port { get; private set; } = TestPorts.Free();

    /// <summary>127.0.0.1:PORT.</summary>
    public string Host => $"127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The server's own folder, which goes with it; it is its working directory too.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("theaia-server-").FullName;

    /// <summary>All that the server says, over all its starts.</summary>
    public string LogFile => Path.Combine(Folder, "server.log");

    public bool HasEnded => _keeper?.HasExited ?? true;

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <param name="program">Its path, or a name on PATH that the test has asked for by Real.Need.</param>
    /// <param name="arguments">Its arguments, from the port to listen at and its folder.</param>
    /// <param name="answersAt">A path that answers over HTTP below 500; null: it answers when it takes a connection.</param>
    /// <param name="environment">Variables set (or, null, removed) for it.</param>
    public static async Task<ServerProcess> StartAsync(
        string program,
        Func<int, string, IReadOnlyList<string>> arguments,
        string? answersAt = null,
        IReadOnlyDictionary<string, string?>? environment = null
    )
    {
        var server = new ServerProcess(program, arguments, answersAt, environment);
        try
        {
            // the port was free a moment ago: another test may have been quicker
            for (var more = 3; !await server.IsUpAsync(); more--)
            {
                if (more == 0)
                {
                    throw new InvalidOperationException(server.Said("ended at once"));
                }

                await server.StopAsync("KILL");
                server.Port = TestPorts.Free();
            }

            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again after it was stopped: same port, same folder.</summary>
    public async Task StartAgainAsync()
    {
        await StopAsync("KILL");
        if (!await IsUpAsync())
        {
            throw new InvalidOperationException(Said("ended at once"));
        }
    }

    /// <summary>Ends it and all that it started; what does not go in 10 s is killed.</summary>
    /// <param name="signal">TERM, or KILL for a crash.</param>
    public async Task StopAsync(string signal = "TERM")
    {
        if (_keeper is null)
        {
            return;
        }

        var told = new HashSet<int>();
        var clock = Stopwatch.StartNew();
        for (var left = Marked.Left(Mark, _mark); left.Count > 0; left = Marked.Left(Mark, _mark))
        {
            if (clock.Elapsed > TimeSpan.FromSeconds(30))
            {
                throw new InvalidOperationException(Said("cannot be killed"));
            }

            if (clock.Elapsed > TimeSpan.FromSeconds(10))
            {
                Marked.Send("KILL", left);
            }
            else if (left.Where(told.Add).ToArray() is { Length: > 0 } fresh)
            {
                // once each: some servers take a second TERM for a call to drop everything
                Marked.Send(signal, fresh);
            }

            await Task.Delay(20);
        }

        await _keeper.WaitForExitAsync(CancellationToken.None);
        // the pipe closes only now: before, that would have killed what was ending by itself
        _keeper.StandardInput.Close();
        _keeper.Dispose();
        _keeper = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync("KILL");
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>Starts it and waits until it answers; false: it ended before.</summary>
    private async Task<bool> IsUpAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        _keeper = Start();
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(60); )
        {
            if (HasEnded)
            {
                return false;
            }

            if (await AnswersAsync(http, cancel))
            {
                // not another's answer on the port that this one did not get
                return !HasEnded;
            }

            await Task.Delay(30, cancel);
        }

        throw new InvalidOperationException(Said("did not answer in 60 s"));
    }

    private async Task<bool> AnswersAsync(HttpClient http, CancellationToken cancel)
    {
        try
        {
            if (_answersAt is not null)
            {
                using var answer = await http.GetAsync(
                    new Uri($"http://{Host}{_answersAt}"),
                    cancel
                );
                return (int)answer.StatusCode < 500;
            }

            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync("127.0.0.1", Port, cancel);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // a first answer that takes 5 s is asked for again
            return false;
        }
    }

    private Process Start()
    {
        var info = new ProcessStartInfo(
            "setsid",
            ["bash", "-c", Keeper, "keeper", LogFile, _program, .. _arguments(Port, Folder)]
        )
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in _environment ?? new Dictionary<string, string?>())
        {
            info.Environment[name] = value;
        }

        info.Environment[Mark] = _mark;
        return Process.Start(info)!;
    }

    private string Said(string what) =>
        $"{_program} on {Host} {what}:\n{(File.Exists(LogFile) ? File.ReadAllText(LogFile) : "")}";
}
