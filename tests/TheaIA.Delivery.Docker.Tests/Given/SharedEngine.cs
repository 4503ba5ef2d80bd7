namespace TheaIA.Delivery.Docker.Tests.Given;

/// <summary>
/// One engine for a class of tests, since its start and end take seconds. Tests of a class run one after
/// another; none counts on an engine that is empty.
/// </summary>
public sealed class SharedEngine : IAsyncDisposable
{
    private OwnEngine? _engine;

    /// <summary>The first test that asks starts it, or is skipped where there is none.</summary>
    internal async Task<OwnEngine> EngineAsync() => _engine ??= await OwnEngine.NewAsync();

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
        {
            await _engine.DisposeAsync();
        }
    }
}
