using System.Diagnostics;
using System.Globalization;
using TheaIA.Delivery.Local.Processes;

namespace TheaIA.Delivery.Local.Tests.Support;

/// <summary>This program as another process.</summary>
internal static class Child
{
    public const string Verb = "as-child";

    /// <summary>The command line of a child.</summary>
    public static string[] Command(params string[] args) =>
        [Detach.Dotnet, typeof(Child).Assembly.Location, Verb, .. args];

    /// <summary>Starts a child in a session of its own.</summary>
    public static Process Start(params string[] command)
    {
        var start = new ProcessStartInfo("setsid", command)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["append", var state, var count, var name]:
                await AppendAsync(state, int.Parse(count, CultureInfo.InvariantCulture), name);
                return 0;
            case ["deploy", var state, var port, var digest, var insteadOf, var crashAt]:
                await DeployAsync(
                    state,
                    int.Parse(port, CultureInfo.InvariantCulture),
                    digest,
                    insteadOf.Length == 0 ? null : insteadOf,
                    crashAt
                );
                Console.WriteLine("deployed");
                return 0;
            default:
                return 99;
        }
    }

    private static async Task AppendAsync(string state, int count, string name)
    {
        var store = new DiskStateStore(state, TimeProvider.System);
        for (var i = 0; i < count; i++)
        {
            var seen = 0;
            do
            {
                seen = (await store.ReadAsync(TestPlace.Where, Run.Cancel)).Count;
            } while (!await store.AppendAsync(TestPlace.Where, $"{name} {i}", seen, Run.Cancel));
        }
    }

    private static async Task DeployAsync(
        string state,
        int port,
        string digest,
        string? insteadOf,
        string crashAt
    )
    {
        await using var place = new TestPlace(state, port)
        {
            // as a kill of a terminal's whole group would
            Reached = step =>
            {
                if (step == crashAt)
                {
                    Native.Signal(0, Native.Kill);
                }
            },
            Leave = true,
        };
        await place.ApplyAsync(place.Release(digest), insteadOf);
    }
}
