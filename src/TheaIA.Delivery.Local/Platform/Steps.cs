using TheaIA.Abstractions;

namespace TheaIA.Delivery.Local.Platform;

/// <summary>The steps of a way back are lines of their own; a deployment's are not.</summary>
internal sealed class Steps(Permit permit, IProgressReport progress, TimeProvider time)
{
    private long _began = time.GetTimestamp();

    public void Begin() => _began = time.GetTimestamp();

    /// <summary>It answers ready: what follows are questions.</summary>
    public void Started()
    {
        End("start", $"{permit.What.Short}, nothing rebuilt");
        progress.Doing($"verify {permit.What.Short}");
    }

    public void End(string name, string figure)
    {
        if (permit is Permit.Back)
        {
            progress.Step(name, time.GetElapsedTime(_began), figure);
        }
        Begin();
    }
}
