using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("linux")]

namespace TheaIA.Delivery.Local.Tests.Support;

internal static class Run
{
    /// <summary>Ends with the test run.</summary>
    public static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
