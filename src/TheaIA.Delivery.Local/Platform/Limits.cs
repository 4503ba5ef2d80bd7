namespace TheaIA.Delivery.Local.Platform;

/// <summary>How long each step may take.</summary>
internal static class Limits
{
    /// <summary>Until a release is ready.</summary>
    public static readonly TimeSpan Ready = TimeSpan.FromSeconds(30);

    /// <summary>Until the front answers, or sees a switch.</summary>
    public static readonly TimeSpan Front = TimeSpan.FromSeconds(15);

    /// <summary>Until requests that the old one has begun are answered.</summary>
    public static readonly TimeSpan Drain = TimeSpan.FromSeconds(10);

    /// <summary>From SIGTERM to SIGKILL: a service has 10 s for its graceful end.</summary>
    public static readonly TimeSpan End = TimeSpan.FromSeconds(12);

    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
}
