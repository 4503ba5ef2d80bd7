using System.Text;
using System.Text.Json.Nodes;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;
using TheaIA.Api.Logs;

namespace TheaIA.Api.Tests;

public sealed class LogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("theaia-log-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string LogPath => Path.Combine(_folder, "logs", "theaia.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Each_line_is_a_JSON_object_and_probes_are_not_worth_one()
    {
        await using var service = new RunningService();
        await service.GetTextAsync("/health/live");
        await service.GetTextAsync("/metrics");
        await service.GetTextAsync("/v1/agents");

        var lines = await LinesAsync(service.LogFile);

        var requests = lines.Where(l => l["RequestPath"] != null).ToList();
        requests.Count.ShouldBe(1);
        requests[0]["RequestPath"]?.GetValue<string>().ShouldBe("/v1/agents");
        requests[0]["StatusCode"]?.GetValue<int>().ShouldBe(200);
        lines.ShouldAllBe(l => l["@t"] != null && l["@m"] != null);
    }

    [Fact]
    public async Task When_the_log_file_cannot_be_written_the_console_says_so_once_and_the_service_is_up()
    {
        await using var service = new RunningService();
        // a file where the folder should be: even root cannot write into that
        await File.WriteAllTextAsync(Path.Combine(service.DataDirectory, "logs"), "", Cancel);
        using var console = new StringWriter();
        var before = Console.Out;
        Console.SetOut(console);
        try
        {
            (await service.GetTextAsync("/health/ready")).ShouldBe("{\"status\":\"ready\"}");
            await service.GetTextAsync("/v1/agents");
            await service.GetTextAsync("/v1/agents");
        }
        finally
        {
            Console.SetOut(before);
        }

        var said = console
            .ToString()
            .Split('\n')
            .Where(l => l.Contains(service.LogFile, StringComparison.Ordinal))
            .ToList();
        said.Count.ShouldBe(1);
        var line = JsonNode.Parse(said[0]).ShouldNotBeNull();
        line["@l"]?.GetValue<string>().ShouldBe("Warning");
        line["@m"]
            ?.GetValue<string>()
            .ShouldStartWith(
                $"The log file \"{service.LogFile}\" cannot be written, the console has it all: "
            );
    }

    [Fact]
    public void When_the_disk_refuses_later_it_is_said_once_too()
    {
        var said = new Said();
        using var console = new LoggerConfiguration().WriteTo.Sink(said).CreateLogger();
        var log = new LoggerConfiguration()
            .WriteTo.Sink(
                new LogFile(
                    new RotatingFile(LogPath, limit: 300, kept: 1),
                    new RenderedCompactJsonFormatter(),
                    console
                )
            )
            .CreateLogger();
        log.Information("written");
        // the next rotation finds a folder where the older file should go
        Directory.CreateDirectory(LogPath + ".1");
        File.WriteAllText(Path.Combine(LogPath + ".1", "x"), "");
        for (var i = 0; i < 20; i++)
        {
            log.Information("number {Number}", i);
        }

        log.Dispose();
        said.Messages.Count.ShouldBe(1);
        said.Messages[0].ShouldStartWith($"The log file \"{LogPath}\" cannot be written");
    }

    [Fact]
    public void A_full_file_is_renamed_and_so_many_older_ones_are_kept()
    {
        using (var file = new RotatingFile(LogPath, limit: 30, kept: 5))
        {
            for (var i = 0; i < 24; i++)
            {
                file.Append(Encoding.UTF8.GetBytes($"line {i:00}..\n"));
            }
        }

        Directory
            .GetFiles(Path.GetDirectoryName(LogPath)!)
            .Select(Path.GetFileName)
            .Order(StringComparer.Ordinal)
            .ShouldBe([
                "theaia.log",
                "theaia.log.1",
                "theaia.log.2",
                "theaia.log.3",
                "theaia.log.4",
                "theaia.log.5",
            ]);
        File.ReadAllText(LogPath).ShouldBe("line 21..\nline 22..\nline 23..\n");
        File.ReadAllText(LogPath + ".1").ShouldBe("line 18..\nline 19..\nline 20..\n");
        File.ReadAllText(LogPath + ".5").ShouldBe("line 06..\nline 07..\nline 08..\n");
    }

    [Fact]
    public void A_line_longer_than_a_file_is_kept_whole()
    {
        using (var file = new RotatingFile(LogPath, limit: 10, kept: 1))
        {
            file.Append("longer than ten\n"u8);
            file.Append("short\n"u8);
        }

        File.ReadAllText(LogPath).ShouldBe("short\n");
        File.ReadAllText(LogPath + ".1").ShouldBe("longer than ten\n");
    }

    [Fact]
    public void A_restart_appends()
    {
        using (var first = new RotatingFile(LogPath, limit: 100, kept: 1))
        {
            first.Append("before\n"u8);
        }

        using (var second = new RotatingFile(LogPath, limit: 100, kept: 1))
        {
            second.Append("after\n"u8);
        }

        File.ReadAllText(LogPath).ShouldBe("before\nafter\n");
    }

    [Fact]
    public async Task Two_that_write_at_the_same_time_lose_and_tear_no_line()
    {
        using (var old = new RotatingFile(LogPath, limit: 1_000_000, kept: 1))
        using (var young = new RotatingFile(LogPath, limit: 1_000_000, kept: 1))
        {
            await Task.WhenAll(
                Task.Run(() => WriteAll(old, "old"), Cancel),
                Task.Run(() => WriteAll(young, "young"), Cancel)
            );
        }

        var lines = await File.ReadAllLinesAsync(LogPath, Cancel);
        lines.Count(l => l == "old writes a line").ShouldBe(2000);
        lines.Count(l => l == "young writes a line").ShouldBe(2000);
        lines.Length.ShouldBe(4000);

        static void WriteAll(RotatingFile file, string who)
        {
            for (var i = 0; i < 2000; i++)
            {
                file.Append(Encoding.UTF8.GetBytes($"{who} writes a line\n"));
            }
        }
    }

    [Fact]
    public void When_another_process_has_renamed_it_already_the_new_one_is_used()
    {
        using var old = new RotatingFile(LogPath, limit: 20, kept: 2);
        using var young = new RotatingFile(LogPath, limit: 20, kept: 2);
        old.Append("first..\n"u8);
        young.Append("second.\n"u8);
        young.Append("third..\n"u8);

        old.Append("fourth.\n"u8);

        File.ReadAllText(LogPath).ShouldBe("third..\nfourth.\n");
        File.ReadAllText(LogPath + ".1").ShouldBe("first..\nsecond.\n");
        File.Exists(LogPath + ".2").ShouldBeFalse();
    }

    /// <summary>The lines of a log that is being written; requests are logged just after their answer.</summary>
    internal static async Task<List<JsonNode>> LinesAsync(string path)
    {
        await Task.Delay(200, Cancel);
        await using var file = new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete
        );
        using var reader = new StreamReader(file);
        var text = await reader.ReadToEndAsync(Cancel);
        return
        [
            .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(l => JsonNode.Parse(l).ShouldNotBeNull()),
        ];
    }

    private sealed class Said : ILogEventSink
    {
        public List<string> Messages { get; } = [];

        public void Emit(LogEvent logEvent) => Messages.Add(logEvent.RenderMessage());
    }
}
