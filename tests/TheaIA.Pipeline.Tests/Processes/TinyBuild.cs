using System.Diagnostics;
using System.Text;

namespace TheaIA.Pipeline.Tests.Processes;

/// <summary>A build program in a process and a folder of its own.</summary>
internal sealed class TinyBuild : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Checkout _checkout = new();
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly Process _process;

    private TinyBuild(string[] arguments, string? token)
    {
        var start = new ProcessStartInfo(
            // tests that run in the background of a shell, or under nohup, were started without Ctrl-C or
            // without SIGHUP, and hand that on
            "env",
            [
                "--default-signal=INT,HUP",
                "dotnet",
                Path.Combine(AppContext.BaseDirectory, "TinyBuild.dll"),
                .. arguments,
            ]
        )
        {
            WorkingDirectory = _checkout.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MARK"] = Mark;
        start.Environment["TOKEN"] = token;
        // a CI server's own would make it write for that
        start.Environment.Remove("GITHUB_ACTIONS");
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data, isError: true);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The name of the processes that its targets start.</summary>
    public string Mark { get; } = $"tiny-{Guid.NewGuid():N}";

    public int Id => _process.Id;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>The part of it that went to the error output.</summary>
    public string Errors
    {
        get
        {
            lock (_output)
            {
                return _errors.ToString();
            }
        }
    }

    /// <summary>The output as if no line were ever broken.</summary>
    public string Words =>
        string.Join(' ', Output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    public static TinyBuild Start(params string[] arguments) => new(arguments, token: null);

    public static async Task<TinyBuild> RunAsync(string[] arguments, string? token = null)
    {
        var build = new TinyBuild(arguments, token);
        await build.EndAsync();
        return build;
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public int ExitCode => _process.ExitCode;

    public string At(string path) => Path.Combine(_checkout.Root, path);

    public string Read(string log) =>
        File.ReadAllText(
            Directory
                .EnumerateFiles(At(".nuke/temp/runs"), log, SearchOption.AllDirectories)
                .Single()
        );

    public Task UntilThereIsAsync(string path) => UntilAsync(() => File.Exists(At(path)), path);

    public Task UntilSaysAsync(string words) =>
        UntilAsync(() => Words.Contains(words, StringComparison.Ordinal), words);

    public Task UntilJournalSaysAsync(string word) =>
        UntilAsync(
            () =>
                Directory
                    .EnumerateFiles(
                        At(".nuke/temp/runs"),
                        "journal.jsonl",
                        SearchOption.AllDirectories
                    )
                    .Any(j =>
                        File.ReadAllText(j).Contains(word, StringComparison.OrdinalIgnoreCase)
                    ),
            word
        );

    public Task UntilChildrenRunAsync(int count) =>
        UntilAsync(() => Children().Count == count, $"{count} children");

    /// <summary>The processes with its mark as their name.</summary>
    public IReadOnlyList<int> Children() =>
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Select(folder => (Folder: folder, Line: CommandLine(folder)))
                .Where(p => p.Line.StartsWith(Mark, StringComparison.Ordinal))
                .Select(p => int.Parse(Path.GetFileName(p.Folder), null)),
        ];

    public void Dispose()
    {
        foreach (var child in Children())
        {
            _ = NativeMethods.SendSignal(child, NativeMethods.Kill);
        }

        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        _checkout.Dispose();
    }

    private static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(folder + "/cmdline");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private async Task UntilAsync(Func<bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
        {
            if (limit.IsCancellationRequested || _process.HasExited)
            {
                throw new TimeoutException($"No {what}. Its output:\n{Output}");
            }

            await Task.Delay(20, CancellationToken.None);
        }
    }

    private void Add(string? line, bool isError = false)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.Append(line).Append('\n');
                if (isError)
                {
                    _errors.Append(line).Append('\n');
                }
            }
        }
    }
}
