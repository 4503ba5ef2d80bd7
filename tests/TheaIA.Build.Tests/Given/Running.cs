using System.Diagnostics;
using System.Globalization;

namespace TheaIA.Build.Tests.Given;

/// <summary>A command as a person would run it: own session, no input, output captured to its end.</summary>
public sealed class Running : IDisposable
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(3);

    // a clone that is under test is nobody's child: not this test run's, not a CI server's
    private static readonly string[] Foreign =
    [
        "CI",
        "GITHUB_ACTIONS",
        "DOTNET_ROOT",
        "DOTNET_HOST_PATH",
        "MSBUILD_EXE_PATH",
        "MSBuildSDKsPath",
        "MSBuildExtensionsPath",
        "MSBuildLoadMicrosoftTargetsReadOnly",
    ];

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    private Running(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>Starts a command in a session of its own, so that a signal reaches all of it or none.</summary>
    public static Running Start(
        string folder,
        IReadOnlyDictionary<string, string?> environment,
        params string[] command
    )
    {
        var info = new ProcessStartInfo("setsid")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // tests that run in the background of a shell were started without these, and hand that on
        info.ArgumentList.Add("/usr/bin/env");
        info.ArgumentList.Add("--default-signal=HUP,INT");
        foreach (var argument in command)
        {
            info.ArgumentList.Add(argument);
        }

        foreach (
            var name in info.Environment.Keys.Where(k =>
                Foreign.Contains(k) || k.StartsWith("NUKE_", StringComparison.Ordinal)
            )
        )
        {
            info.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        var process = Process.Start(info)!;
        process.StandardInput.Close();
        return new Running(process);
    }

    public static async Task<Ran> ToEndAsync(
        string folder,
        IReadOnlyDictionary<string, string?> environment,
        params string[] command
    )
    {
        using var running = Start(folder, environment, command);
        return await running.EndAsync();
    }

    /// <summary>Waits for its end and for the end of its output: what it leaves behind holds no pipe.</summary>
    public async Task<Ran> EndAsync(TimeSpan? limit = null)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken
        );
        late.CancelAfter(limit ?? DefaultLimit);
        try
        {
            await _process.WaitForExitAsync(late.Token);
            var took = _clock.Elapsed;
            return new Ran(
                _process.ExitCode,
                await _output.WaitAsync(late.Token),
                await _error.WaitAsync(late.Token),
                took
            );
        }
        catch (OperationCanceledException)
        {
            Signal("KILL", group: true);
            throw new TimeoutException(
                $"`{_process.StartInfo.ArgumentList[2]}` did not end in time.\n{Late(_output)}\n{Late(_error)}"
            );
        }
    }

    /// <summary>Sends a signal to the process, or to all of its session.</summary>
    public void Signal(string name, bool group = false)
    {
        var to = (group ? -Id : Id).ToString(CultureInfo.InvariantCulture);
        using var kill = Process.Start("kill", ["-s", name, "--", to]);
        kill.WaitForExit();
    }

    /// <summary>Waits until something is true; fails after 60 s.</summary>
    public static async Task UntilAsync(Func<bool> isTrue, string what)
    {
        for (var clock = Stopwatch.StartNew(); !isTrue(); )
        {
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60), what);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Signal("KILL", group: true);
        }

        _process.Dispose();
    }

    private static string Late(Task<string> text) =>
        text.IsCompletedSuccessfully ? text.Result : "(output still open)";
}
