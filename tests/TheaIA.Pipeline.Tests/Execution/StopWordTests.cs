using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Execution;

/// <summary>What code does when it is told to stop holds up nobody and takes nobody with it.</summary>
public sealed class StopWordTests : IDisposable
{
    private readonly Checkout _checkout = new();
    private readonly ManualResetEventSlim _released = new();

    public StopWordTests() =>
        Build.Now = new(() => _checkout.Interruption.Request(Outcome.Terminated), _released);

    public void Dispose()
    {
        _released.Set();
        _checkout.Dispose();
        _released.Dispose();
    }

    [Fact]
    public async Task Whatever_it_throws_the_run_ends_as_told()
    {
        Build.Now.Expected = 1;
        var answer = await RunAsync("Throws Began Tidy");
        answer.Code.ShouldBe(143);
        answer.Output.ShouldContain("-     Throws         0.0 s   interrupted\n");
        answer.Ran.ShouldBe("tidy");
    }

    /// <summary>In a run it is a remark, as long as there is a run to say it.</summary>
    [Fact]
    public async Task What_it_throws_is_told()
    {
        var told = new TaskCompletionSource<Exception>();
        var word = new StopWord(told.SetResult);
        await using var heard = word.Token.Register(() =>
            throw new InvalidOperationException("heard")
        );
        word.Tell();
        word.Token.IsCancellationRequested.ShouldBeTrue();
        var thrown = await told.Task.WaitAsync(
            TimeSpan.FromSeconds(30),
            TestContext.Current.CancellationToken
        );
        thrown.ShouldBeOfType<InvalidOperationException>().Message.ShouldBe("heard");
    }

    [Fact]
    public async Task While_it_blocks_the_others_hear_of_it_and_the_run_ends()
    {
        Build.Now.Expected = 3;
        var answer = await RunAsync("Blocks Polite Ship Began Tidy");
        answer.Code.ShouldBe(143);
        answer.Output.ShouldContain("-     Polite         0.0 s   interrupted\n");
        answer.Output.ShouldContain("-     Blocks         0.0 s   interrupted\n");
        answer.Ran.Split(' ').Order().ShouldBe(["heard", "tidy"]);
    }

    [Fact]
    public async Task With_fail_fast_too()
    {
        Build.Now.Expected = 2;
        var answer = await RunAsync("Blocks Polite Bad Tidy --fail-fast");
        answer.Code.ShouldBe(1);
        answer.Output.ShouldContain("-     Polite         0.0 s   cancelled: Bad failed\n");
        answer.Ran.ShouldBe("tidy");
    }

    [Theory]
    [InlineData("LateThrows")]
    [InlineData("LateBlocks")]
    public async Task At_a_time_limit_its_target_fails_and_the_others_go_on(string target)
    {
        var answer = await RunAsync($"{target} Other Tidy");
        answer.Code.ShouldBe(1);
        answer.Output.ShouldContain("   over its time limit of 0.2 s\n");
        answer.Ran.Split(' ').Order().ShouldBe(["other", "tidy"]);
    }

    [Fact]
    public async Task Another_attempt_has_a_token_of_its_own()
    {
        (await RunAsync("Again")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_context_that_code_sets_is_not_waited_in()
    {
        (await RunAsync("Contextual")).Ran.ShouldBe("went on");
    }

    [Fact]
    public async Task What_code_does_to_its_thread_does_not_reach_the_next_target()
    {
        (await RunAsync("Spoils Finds --sequential")).Ran.ShouldBe("Normal True .NET TP Worker");
    }

    private Task<Answer> RunAsync(string commandLine) =>
        _checkout.RunAsync<Build>(
            commandLine.Contains("--sequential", StringComparison.Ordinal)
                ? commandLine
                : $"{commandLine} --max-parallel 8"
        );

    internal sealed record Signals(Action Stop, ManualResetEventSlim Released)
    {
        private int _begun;

        public int Expected { get; set; }

        public void Begin() => Interlocked.Increment(ref _begun);

        /// <summary>Those that are to hear have begun, however slow the machine is.</summary>
        public async Task AllBegunAsync(CancellationToken cancel)
        {
            while (Volatile.Read(ref _begun) < Expected)
            {
                await Task.Delay(10, cancel);
            }

            await Task.Delay(50, cancel);
        }
    }

    public class Build : TestBuild
    {
        private static readonly AsyncLocal<Signals?> Given = new();
        private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(200);

        private int _attempts;

        internal static Signals Now
        {
            get => Given.Value!;
            set => Given.Value = value;
        }

        Target Throws => _ => _.Executes(c => UntilAsync(() => Throw("heard"), c));
        Target LateThrows =>
            _ => _.Within(Limit).Executes(c => UntilAsync(() => Throw("heard"), c));
        Target Blocks => _ => _.Executes(c => UntilAsync(Now.Released.Wait, c));
        Target LateBlocks => _ => _.Within(Limit).Executes(c => UntilAsync(Now.Released.Wait, c));
        Target Polite =>
            _ =>
                _.Executes(c =>
                {
                    Now.Begin();
                    return Task.Delay(60_000, c);
                });

        /// <summary>Goes to its next safe point.</summary>
        Target Ship =>
            _ =>
                _.Effect()
                    .Executes(async c =>
                    {
                        Now.Begin();
                        await Task.Delay(60_000, c)
                            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                        Ran("heard");
                    });

        // when the others have registered
        Target Began => _ => _.Executes(c => AfterAsync(Now.Stop, c));
        Target Bad => _ => _.Executes(c => AfterAsync(() => Throw("went wrong"), c));
        Target Other =>
            _ =>
                _.Executes(async () =>
                {
                    await Task.Delay(500);
                    Ran("other");
                });
        Target Tidy =>
            _ =>
                _.AssuredAfterFailure()
                    .After(Throws, Blocks, LateThrows, LateBlocks, Polite, Ship, Other)
                    .Executes(() => Ran("tidy"));
        Target Again =>
            _ =>
                _.Within(Limit)
                    .Retry(2)
                    .Executes(c => ++_attempts == 1 ? Task.Delay(60_000, c) : Task.Delay(50, c));
        Target Contextual =>
            _ =>
                _.Executes(() => SynchronizationContext.SetSynchronizationContext(new Dead()))
                    .Executes(async () => await Task.Delay(50).ConfigureAwait(false))
                    .Executes(() => Ran("went on"));
        Target Spoils =>
            _ =>
                _.Executes(() =>
                {
                    var thread = Thread.CurrentThread;
                    (thread.Priority, thread.Name) = (ThreadPriority.Lowest, "spoiled");
                    thread.IsBackground = false;
                });
        Target Finds =>
            _ =>
                _.After(Spoils)
                    .Executes(() =>
                    {
                        var thread = Thread.CurrentThread;
                        Ran($"{thread.Priority} {thread.IsBackground} {thread.Name}");
                    });

        private static async Task UntilAsync(Action told, CancellationToken cancel)
        {
            _ = cancel.Register(told);
            Now.Begin();
            await Task.Delay(60_000, cancel);
        }

        private static async Task AfterAsync(Action what, CancellationToken cancel)
        {
            await Now.AllBegunAsync(cancel);
            what();
        }

        /// <summary>Nobody does what is posted to it.</summary>
        private sealed class Dead : SynchronizationContext
        {
            public override void Post(SendOrPostCallback d, object? state) { }
        }
    }
}
