using System.Globalization;
using TheaIA.Abstractions;
using TheaIA.Delivery.Local.Processes;
using TheaIA.Delivery.Local.Tests.Support;

namespace TheaIA.Delivery.Local.Tests;

public sealed class DetachTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("theaia 'det\"ach").FullName;

    private string Log => Path.Combine(_root, "the log");
    private string Pid => Path.Combine(_root, "the pid");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Its_pid_is_its_session_and_stands_in_the_file()
    {
        using var process = Start(
            "sh",
            "-c",
            "cat /proc/$$/stat; pwd; cat; ls -l /proc/$$/fd; sleep 60"
        );
        await UntilAsync(() => Lines().Length > 5);
        int.Parse(await File.ReadAllTextAsync(Pid, Run.Cancel), CultureInfo.InvariantCulture)
            .ShouldBe(process.Id);
        var lines = Lines();
        lines[0].Split(' ')[5].ShouldBe($"{process.Id}", "its session is its own");
        lines[1].ShouldBe(_root);
        process.ExitCode.ShouldBeNull();
        ProcessTable.IsAlive(process.Key).ShouldBeTrue();
        // standard input, output, error; 10 is the shell's copy of nothing of ours
        var open = lines.Skip(2).Where(l => l.Contains("->", StringComparison.Ordinal)).ToArray();
        open.ShouldAllBe(l =>
            l.EndsWith("/dev/null", StringComparison.Ordinal)
            || l.EndsWith(Log, StringComparison.Ordinal)
        );
        open.Length.ShouldBe(3);
        Native.Signal(process.Id, Native.Kill);
        await UntilAsync(() => process.ExitCode is not null);
        process.ExitCode.ShouldBe(137);
        ProcessTable.IsAlive(process.Key).ShouldBeFalse();
    }

    [Fact]
    public async Task Its_starter_learns_the_exit_code()
    {
        using var process = Start("sh", "-c", "exit 3");
        await UntilAsync(() => process.ExitCode is not null);
        process.ExitCode.ShouldBe(3);
    }

    [Fact]
    public async Task No_argument_is_read_by_a_shell()
    {
        string[] odd = ["a b", "'", "\"", "$HOME", "`id`", "\\", "*", "", ";exit", "ü\nx"];
        using var process = Start(["printf", "<%s>", .. odd]);
        await UntilAsync(() => process.ExitCode is not null);
        (await File.ReadAllTextAsync(Log, Run.Cancel)).ShouldBe(
            string.Concat(odd.Select(a => $"<{a}>"))
        );
    }

    [Fact]
    public async Task Its_output_is_appended()
    {
        await File.WriteAllTextAsync(Log, "before\n", Run.Cancel);
        using var process = Start("sh", "-c", "echo out; echo err >&2");
        await UntilAsync(() => process.ExitCode is not null);
        Lines().ShouldBe(["before", "out", "err"]);
    }

    [Fact]
    public async Task It_gets_no_key_and_no_password()
    {
        Environment.SetEnvironmentVariable("COSIGN_PASSWORD", "secret");
        Environment.SetEnvironmentVariable("LC_TEST", "kept");
        using var process = Start("env");
        await UntilAsync(() => process.ExitCode is not null);
        var lines = Lines();
        lines.ShouldContain("LC_TEST=kept");
        lines.ShouldContain("GIVEN=a 'value'");
        lines
            .Select(l => l.Split('=')[0])
            .Where(n => n is not ("PATH" or "HOME" or "LANG" or "TZ" or "TMPDIR" or "GIVEN"))
            // tells the engine what may stay
            .Where(n => n != IRunner.Detached)
            // the shell's own
            .Where(n => n is not ("PWD" or "OLDPWD" or "_" or "SHLVL"))
            .ShouldAllBe(n =>
                n.StartsWith("LC_", StringComparison.Ordinal)
                || n.StartsWith("DOTNET_ROOT", StringComparison.Ordinal)
            );
    }

    [Fact]
    public async Task Without_its_guard_it_does_not_start()
    {
        using var process = Detach.Start(
            new DetachRequest(["echo", "started"], _root, Log, Pid, Path.Combine(_root, "gone"))
        );
        await UntilAsync(() => process.ExitCode is not null);
        process.ExitCode.ShouldBe(125);
        Lines().ShouldBeEmpty();
    }

    private Detached Start(params string[] command) =>
        Detach.Start(
            new DetachRequest(command, _root, Log, Pid, _root)
            {
                Environment = new Dictionary<string, string> { ["GIVEN"] = "a 'value'" },
            }
        );

    private string[] Lines() => File.Exists(Log) ? File.ReadAllLines(Log) : [];

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(10, Run.Cancel);
        }
    }
}
