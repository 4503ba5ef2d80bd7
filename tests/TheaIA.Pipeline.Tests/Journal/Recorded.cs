using System.Diagnostics;

namespace TheaIA.Pipeline.Tests.Journal;

/// <summary>A checkout whose runs have a minute each, so that each is on record.</summary>
internal sealed class Recorded : IDisposable
{
    private readonly StillTime _time = new();

    public Recorded(int processId = int.MaxValue, string? root = null)
    {
        ProcessId = processId;
        Checkout = new Checkout(root) { Time = _time, ProcessId = processId };
        Checkout.Environment["NUKE_PROGRAM"] = "one";
    }

    public Checkout Checkout { get; }
    public int ProcessId { get; }
    public string Root => Checkout.Root;

    /// <summary>The folders of runs, the oldest first.</summary>
    public string[] Folders
    {
        get
        {
            var folders = Directory.GetDirectories(Path.Combine(Root, ".nuke/temp/runs"));
            Array.Sort(folders, StringComparer.Ordinal);
            return folders;
        }
    }

    public async Task<Answer> RunAsync<T>(string commandLine)
        where T : NukeBuild, new()
    {
        var answer = await Checkout.RunAsync<T>($"{commandLine} --sequential");
        _time.Move(TimeSpan.FromMinutes(1));
        return answer;
    }

    /// <summary>A question, which takes no time.</summary>
    public Task<Answer> AskAsync<T>(string commandLine)
        where T : NukeBuild, new() => Checkout.RunAsync<T>(commandLine);

    public void Pass(TimeSpan time) => _time.Move(time);

    public string JournalOf(int run) => Path.Combine(Folders[run], "journal.jsonl");

    /// <summary>As kill -9 leaves it: the lines up to an event, and half of another.</summary>
    public void CutAfter(int run, string text)
    {
        var lines = File.ReadAllLines(JournalOf(run));
        var last = Array.FindLastIndex(lines, l => l.Contains(text, StringComparison.Ordinal));
        File.WriteAllText(
            JournalOf(run),
            string.Join('\n', lines[..(last + 1)]) + "\n{\"event\":\"targetEn"
        );
        File.Delete(Path.Combine(Folders[run], "report.json"));
    }

    public void InitRepository()
    {
        Checkout.Write(".gitignore", ".nuke/temp/\n*.txt\n");
        Git("init", "-q");
    }

    public void Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", Root, .. arguments]))!;
        git.WaitForExit();
        git.ExitCode.ShouldBe(0);
    }

    public void Dispose() => Checkout.Dispose();
}
