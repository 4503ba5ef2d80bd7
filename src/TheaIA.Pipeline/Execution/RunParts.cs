namespace TheaIA.Pipeline;

/// <summary>What the targets of one run share.</summary>
internal sealed class RunParts : IDisposable
{
    private readonly RunScope _scope;
    private readonly CancellationTokenRegistration _told;

    public RunParts(RunScope scope, Reporter reporter, RunFolder folder)
    {
        _scope = scope;
        Reporter = reporter;
        Folder = folder;
        Stop = new RunStop(scope.Surroundings.Interruption);
        _told = Stop.Token.Register(() =>
        {
            foreach (var running in Running.All())
            {
                Tell(running);
            }
        });
        Children = new TargetChildren(Running, scope.Surroundings.OwnsProcess);
        if (scope.Surroundings.OwnsProcess)
        {
            Descendants.Adopt();
            scope.Inherited = InheritedOutput.Capture(
                new InheritedLines(Running, reporter, folder, scope.Mask)
            );
        }
    }

    public Reporter Reporter { get; }
    public RunFolder Folder { get; }
    public RunningTargets Running { get; } = new();
    public RunStop Stop { get; }
    public TargetChildren Children { get; }

    /// <summary>A target's code works from here on, and hears when the run is told to stop.</summary>
    public void Begin(RunningTarget running)
    {
        running.Enter();
        Running.Add(running);
        if (Stop.IsRequested)
        {
            Tell(running);
        }
    }

    /// <summary>Waits until what children wrote by themselves so far is shown.</summary>
    public void Drain() => _scope.Inherited?.Drain(InheritedOutput.AtEnd);

    /// <summary>All targets have ended: ends what they left, and says what that was.</summary>
    public async Task EndChildrenAsync()
    {
        var ended = await Children.EndAllAsync();
        Release();
        if (ended.Count > 0)
        {
            var more = ended.Count > 1 ? $" and {ended.Count - 1} more" : "";
            Reporter.Remark(
                $"Ended with the run, since targets had left it behind: {ended[0]}{more}."
            );
        }
    }

    /// <summary>An assured target starts after the run was told to end, and then runs to its own end.</summary>
    private static void Tell(RunningTarget running)
    {
        if (!running.Target.Definition.IsAssured)
        {
            running.Stop.Tell();
        }
    }

    public void Dispose()
    {
        Release();
        _told.Dispose();
        Stop.Dispose();
    }

    private void Release()
    {
        _scope.Inherited?.Dispose();
        _scope.Inherited = null;
    }
}
