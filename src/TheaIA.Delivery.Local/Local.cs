using TheaIA.Delivery.Local.Platform;

namespace TheaIA.Delivery.Local;

/// <summary>Environments on this machine: local processes behind the front, state on disk.</summary>
public static class Local
{
    /// <summary>An environment whose releases run as processes of this user, behind a front.</summary>
    /// <param name="name">Its name: <c>development</c>.</param>
    /// <param name="port">Where the front answers on 127.0.0.1 and [::1].</param>
    /// <param name="policy">What is wanted of a release. Default: <see cref="Policy.Forgive"/>.</param>
    public static DeliveryEnvironment Environment(string name, int port, Policy? policy = null) =>
        new(name, $"http://localhost:{port}")
        {
            OnThisMachine = true,
            Policy = policy ?? Policy.Forgive,
            Platform = context => new LocalPlatform(name, port, context),
            Owner = ThisProcess.Owner,
            State = context => new DiskStateStore(context.StateRoot, context.Time),
        };
}
