namespace TheaIA.Pipeline.Tests.Execution;

public sealed class ConcurrencyTests
{
    [Theory]
    // more than there are cores, whether a target waits or blocks
    [InlineData("All", 4)]
    [InlineData("All --max-parallel 2", 2)]
    [InlineData("All --sequential", 1)]
    [InlineData("Shared", 1)]
    [InlineData("SharedAndFree", 2)]
    public async Task At_most_so_many_run_together(string commandLine, int most)
    {
        using var checkout = new Checkout { Time = TimeProvider.System };
        var answer = await checkout.RunAsync<Build>(commandLine);
        answer.Code.ShouldBe(0, answer.Output);
        ((Meter)answer.Trace.Bag["meter"]).Most.ShouldBe(most);
    }

    [Fact]
    public void The_default_is_twice_the_cores_and_at_least_four() =>
        EngineOptions.DefaultMost.ShouldBe(Math.Max(4, 2 * Environment.ProcessorCount));

    internal sealed class Meter
    {
        private readonly Lock _gate = new();
        private readonly TaskCompletionSource _four = new();
        private int _now;

        public int Most { get; private set; }

        public void Enter()
        {
            lock (_gate)
            {
                Most = Math.Max(Most, ++_now);
                if (_now == 4)
                {
                    _four.TrySetResult();
                }
            }
        }

        public void Leave()
        {
            lock (_gate)
            {
                _now--;
            }
        }

        /// <summary>Until four are in here, or for a while.</summary>
        public Task FourOrAWhileAsync() => Task.WhenAny(_four.Task, Task.Delay(300));
    }

    public class Build : TestBuild
    {
        private readonly Meter _meter = new();

        public Build() => Set("meter", _meter);

        Target A => _ => _.Executes(_ => WorkAsync());
        Target B => _ => _.Executes(() => WorkAsync().Wait());
        Target C => _ => _.Executes(() => WorkAsync().Wait());
        Target D => _ => _.Executes(WorkAsync);
        Target All => _ => _.DependsOn(A, B, C, D).Executes(() => Ran(nameof(All)));
        Target X => _ => _.Exclusive("port").Executes(WorkAsync);
        Target Y => _ => _.Exclusive("PORT", "disk").Executes(WorkAsync);
        Target Z => _ => _.Exclusive("disk", "port").Executes(WorkAsync);
        Target Shared => _ => _.DependsOn(X, Y, Z);
        Target SharedAndFree => _ => _.DependsOn(X, Y, A);

        private async Task WorkAsync()
        {
            _meter.Enter();
            await _meter.FourOrAWhileAsync();
            _meter.Leave();
        }
    }
}
