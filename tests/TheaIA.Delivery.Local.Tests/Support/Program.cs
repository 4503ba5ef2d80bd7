using Xunit.Runner.InProc.SystemConsole;

namespace TheaIA.Delivery.Local.Tests.Support;

/// <summary>Runs the tests, or one of the things that a test wants another process to do.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) =>
        args is [Child.Verb, .. var rest] ? Child.RunAsync(rest) : ConsoleRunner.Run(args);
}
