using System.Collections.Concurrent;

namespace TheaIA.Front.Tests;

/// <summary>Requests one after the other, by several at once, until it is ended; failures are kept as answers.</summary>
internal sealed class Load : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _answers = [];
    private readonly Task[] _workers;
    private volatile bool _ended;

    private Load(RunningFront front, int workers) =>
        _workers = [.. Enumerable.Range(0, workers).Select(_ => Task.Run(() => AskAsync(front)))];

    public static Load On(RunningFront front, int workers) => new(front, workers);

    public async Task<IReadOnlyCollection<string>> EndAsync()
    {
        _ended = true;
        await Task.WhenAll(_workers);
        return _answers;
    }

    public async ValueTask DisposeAsync() => await EndAsync();

    private async Task AskAsync(RunningFront front)
    {
        while (!_ended)
        {
            try
            {
                _answers.Enqueue(await front.GetAsync());
            }
            catch (HttpRequestException failed)
            {
                _answers.Enqueue(failed.Message);
            }
        }
    }
}
