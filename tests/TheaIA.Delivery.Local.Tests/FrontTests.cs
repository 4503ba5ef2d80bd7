using System.Net;
using System.Net.Sockets;
using TheaIA.Abstractions;
using TheaIA.Delivery.Local.Platform;
using TheaIA.Delivery.Local.Processes;
using TheaIA.Delivery.Local.Tests.Support;

namespace TheaIA.Delivery.Local.Tests;

public class FrontTests
{
    private const int Stop = 19;
    private const int Continue = 18;

    [Fact]
    public async Task A_front_that_was_killed_is_there_again_with_the_next_command()
    {
        await using var place = new TestPlace();
        var release = await place.DeployNewAsync("one");
        var killed = place.Front();
        await KillAsync(killed.Key);
        await Should.ThrowAsync<HttpRequestException>(() => place.GetAsync("/version"));
        var running = await Task.WhenAll(
            place.Platform.RunningAsync(TestPlace.Where, Run.Cancel),
            place.PlatformWith(null).RunningAsync(TestPlace.Where, Run.Cancel)
        );
        running.ShouldAllBe(r => r!.Digest == release.What.Digest && r.Healthy);
        (await place.GetAsync("/version")).ShouldContain(release.What.Digest);
        place.Front().Key.ShouldNotBe(killed.Key);
        place.Front().Arguments[1].ShouldStartWith(Path.Combine(place.State, "front"));
    }

    [Fact]
    public async Task A_service_that_died_is_nothing_that_runs()
    {
        await using var place = new TestPlace();
        await place.DeployNewAsync("one");
        await KillAsync(place.Folder.Processes()[0].Info.Key);
        (await place.Platform.RunningAsync(TestPlace.Where, Run.Cancel)).ShouldBeNull();
        var second = place.Release("two");
        await place.ApplyAsync(second, null);
        (await place.GetAsync("/version")).ShouldContain(second.What.Digest);
    }

    [Fact]
    public async Task What_runs_and_does_not_answer_is_not_healthy()
    {
        await using var place = new TestPlace();
        var release = await place.DeployNewAsync("unready-later");
        await File.WriteAllTextAsync(Path.Combine(place.Folder.Data, "unready"), "", Run.Cancel);
        var running = await place.Platform.RunningAsync(TestPlace.Where, Run.Cancel);
        running!.Healthy.ShouldBeFalse();
        running.Instances.ShouldBe(0);
        var second = await place.DeployNewAsync("two");
        var checks = await place.Platform.VerifyAsync(
            TestPlace.Where,
            second.What.Digest,
            Run.Cancel
        );
        checks.ShouldNotContain(c => c.Gate == "requests", "nobody could be let down");
        var watched = new Watched();
        File.Delete(Path.Combine(place.Folder.Data, "unready"));
        await KillAsync(place.Folder.Processes()[0].Info.Key);
        await place.Platform.ApplyAsync(
            TestPlace.BackPermit(release, null),
            place.Lease(),
            watched,
            Run.Cancel
        );
        watched.Lines.ShouldContain("step switch took nothing answered before");
    }

    [Fact]
    public async Task A_port_that_another_program_took_is_refused_with_its_name()
    {
        await using var place = new TestPlace();
        using var other = new TcpListener(IPAddress.Any, place.Port);
        other.Start();
        var me = ProcessTable.Find(Environment.ProcessId);
        var error = await Should.ThrowAsync<OutcomeException>(() =>
            place.Platform.CheckAsync(TestPlace.Where, Run.Cancel)
        );
        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            $"Port {place.Port} is taken by {me}, which this pipeline did not start."
        );
        (
            await Should.ThrowAsync<OutcomeException>(() => place.DeployNewAsync("one"))
        ).Message.ShouldBe(error.Message);
        place.Processes().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_port_of_another_place_is_refused_with_that_place()
    {
        await using var place = new TestPlace();
        await place.DeployNewAsync("one");
        await place.Platform.CheckAsync(TestPlace.Where, Run.Cancel);
        var error = await Should.ThrowAsync<OutcomeException>(() =>
            place.Platform.CheckAsync(TestPlace.Where with { Service = "other" }, Run.Cancel)
        );
        error.Message.ShouldBe(
            $"Port {place.Port} is taken by the front of another place ({place.Folder.Root}): choose another with --port."
        );
    }

    [Fact]
    public async Task A_port_moves_the_front_until_another_one_is_named()
    {
        await using var place = new TestPlace();
        var release = await place.DeployNewAsync("one");
        var elsewhere = Ports.Free();
        var moved = place.PlatformWith(elsewhere);
        (await moved.RunningAsync(TestPlace.Where, Run.Cancel))!.Healthy.ShouldBeTrue();
        place.Front().After("--port").ShouldBe($"{elsewhere}");
        place.Platform.Address.ShouldBe($"http://localhost:{elsewhere}");
        var checks = await place.Platform.VerifyAsync(
            TestPlace.Where,
            release.What.Digest,
            Run.Cancel
        );
        checks.ShouldAllBe(c => c.Verdict == Verdict.Pass);
        await place.Platform.StopAsync(TestPlace.Where, place.Lease(), Run.Cancel);
        place.Platform.Address.ShouldBe($"http://localhost:{place.Port}");
    }

    [Fact]
    public async Task When_the_front_cannot_listen_what_runs_is_not_healthy()
    {
        await using var place = new TestPlace();
        await place.DeployNewAsync("one");
        await KillAsync(place.Front().Key);
        using var other = new TcpListener(IPAddress.Loopback, place.Port);
        other.Start();
        (await place.Platform.RunningAsync(TestPlace.Where, Run.Cancel))!.Healthy.ShouldBeFalse();
    }

    [Fact]
    public async Task When_the_front_cannot_listen_a_first_deployment_leaves_nothing()
    {
        TcpListener? other = null;
        var port = Ports.Free();
        await using var place = new TestPlace(port: port)
        {
            Reached = step =>
            {
                if (step == "probed")
                {
                    other = new TcpListener(IPAddress.Loopback, port);
                    other.Start();
                    _ = AnswerAsync(other);
                }
            },
        };
        var error = await Should.ThrowAsync<NotUpException>(() => place.DeployNewAsync("one"));
        other!.Dispose();
        error.Message.ShouldBe("is not reachable: the front ended at start with exit code 1");
        error.Log[^1].ShouldStartWith("The front cannot listen: ");
        error.LogFile.ShouldBe(place.Folder.FrontLog);
        place.Processes().ShouldBeEmpty();
        File.Exists(place.Folder.CurrentFile).ShouldBeFalse();
    }

    [Fact]
    public async Task A_front_that_hangs_switches_nothing()
    {
        await using var place = new TestPlace { Time = new FastTime(10) };
        var first = await place.DeployNewAsync("one");
        var second = await place.PermitAsync(place.Release("two"), first.What.Digest);
        var platform = new LocalPlatform(
            "development",
            place.Port,
            new DeliveryContext(place.State, place.Registry, place.Time)
            {
                Reached = step =>
                {
                    if (step == "probed")
                    {
                        Halt(place.Front().Key.Id);
                    }
                },
            }
        );
        var error = await Should.ThrowAsync<NotUpException>(() =>
            platform.ApplyAsync(second, place.Lease(), new Watched(), Run.Cancel)
        );
        Native.Signal(place.Front().Key.Id, Continue);
        error.Message.ShouldBe("is not reachable: the front does not see the switch");
        (await place.GetAsync("/version")).ShouldContain(first.What.Digest);
    }

    [Fact]
    public async Task A_broken_current_file_serves_nothing_and_is_written_anew()
    {
        await using var place = new TestPlace();
        await place.DeployNewAsync("one");
        await File.WriteAllTextAsync(place.Folder.CurrentFile, "{", Run.Cancel);
        (await place.Platform.RunningAsync(TestPlace.Where, Run.Cancel)).ShouldBeNull();
        var second = place.Release("two");
        (await place.Platform.ReapAsync(TestPlace.Where, Run.Cancel)).Count.ShouldBe(1);
        await place.ApplyAsync(second, null);
        (await place.GetAsync("/version")).ShouldContain(second.What.Digest);
        place.Processes().Length.ShouldBe(2);
    }

    [Fact]
    public void Elsewhere_than_on_Linux_it_is_refused()
    {
        var error = Should.Throw<OutcomeException>(() =>
            LocalPlatform.RequireLinux(false, "development")
        );
        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            "development runs releases as local processes, which needs Linux: ./build.sh Serve runs the service here."
        );
    }

    /// <summary>Stops a process, and waits until it stands: its threads run on until each was told.</summary>
    private static void Halt(int process)
    {
        Native.Signal(process, Stop);
        SpinWait.SpinUntil(() =>
            Directory
                .EnumerateDirectories($"/proc/{process}/task")
                .All(thread =>
                    File.ReadAllText(Path.Combine(thread, "stat")).Split(") ")[^1].StartsWith('T')
                )
        );
    }

    /// <summary>Another program's web page.</summary>
    private static async Task AnswerAsync(TcpListener listener)
    {
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync(Run.Cancel);
            await client
                .GetStream()
                .WriteAsync(
                    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<html"u8.ToArray(),
                    Run.Cancel
                );
        }
    }

    internal static async Task KillAsync(ProcessKey process)
    {
        Native.Signal(process.Id, Native.Kill);
        while (ProcessTable.IsAlive(process))
        {
            await Task.Delay(10, Run.Cancel);
        }
    }
}
