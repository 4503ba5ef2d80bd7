using System.Runtime.InteropServices;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Execution;

/// <summary>A run as this process's own: its command line, environment and signals.</summary>
public sealed class ProcessTests
{
    [Fact]
    public void The_process_is_what_a_run_takes_from_outside()
    {
        using var surroundings = Surroundings.OfProcess(["Test"]);
        surroundings.Arguments.ShouldBe(["Test"]);
        surroundings.Variable("PATH").ShouldBe(Environment.GetEnvironmentVariable("PATH"));
        surroundings.Variable("NO_SUCH_VARIABLE").ShouldBeNull();
        surroundings.CurrentDirectory.ShouldBe(Directory.GetCurrentDirectory());
        surroundings.IsTerminal.ShouldBe(!Console.IsOutputRedirected);
        surroundings.Export("PIPELINE_TESTS", "x");
        Environment.GetEnvironmentVariable("PIPELINE_TESTS").ShouldBe("x");
    }

    [Fact]
    public void The_command_line_of_another_program_is_refused() => Build.Start().ShouldBe(2);

    [Fact]
    public async Task A_signal_is_a_request()
    {
        // Ctrl-C itself would end the test run
        const int User1 = 10;
        Xunit.Assert.SkipUnless(OperatingSystem.IsLinux(), "The number of SIGUSR1 is Linux's.");
        using var interruption = new Interruption { Force = _ => { } };
        interruption.On((PosixSignal)User1, Outcome.Terminated);
        var told = new TaskCompletionSource();
        await using var registration = interruption.Token.Register(told.SetResult);
        NativeMethods.SendSignal(Environment.ProcessId, User1).ShouldBe(0);
        await told.Task;
        interruption.Requested.ShouldBe(Outcome.Terminated);
        await Task.Delay(200, TestContext.Current.CancellationToken);
        NativeMethods.SendSignal(Environment.ProcessId, User1).ShouldBe(0);
        SpinWait.SpinUntil(() => interruption.IsForced, 10_000).ShouldBeTrue();
    }

    [Fact]
    public async Task Two_signals_at_once_are_one_request()
    {
        // timeout(1) sends it to its child, and to the group that the child is in
        const int User2 = 12;
        Xunit.Assert.SkipUnless(OperatingSystem.IsLinux(), "The number of SIGUSR2 is Linux's.");
        using var interruption = new Interruption { Force = _ => { } };
        interruption.On((PosixSignal)User2, Outcome.Terminated);
        for (var i = 0; i < 3; i++)
        {
            NativeMethods.SendSignal(Environment.ProcessId, User2).ShouldBe(0);
        }

        await Task.Delay(200, TestContext.Current.CancellationToken);
        interruption.Requested.ShouldBe(Outcome.Terminated);
        interruption.IsForced.ShouldBeFalse();
    }

    public class Build : TestBuild
    {
        public static int Start() => Execute<Build>(x => x.Test);

        Target Test => _ => _.Executes(() => Ran("test"));
    }
}
