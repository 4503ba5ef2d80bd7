using System.Globalization;

namespace TheaIA.Api.Health;

/// <summary>
/// <c>dotnet TheaIA.Api.dll --health</c>: asks the service beside it whether it is live. A container's
/// health check needs neither a shell nor curl for it.
/// </summary>
internal static class SelfCheck
{
    /// <summary>The argument that asks for it.</summary>
    public const string Argument = "--health";

    /// <summary>ASP.NET Core's own, where nothing is set.</summary>
    private const string Usual = "http://localhost:5000";

    /// <summary>Docker's own limit for a check is 30 s; whoever is live says so at once.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly string[] AnyAddress = ["+", "*", "0.0.0.0", "[::]"];

    /// <summary>Asks <c>/health/live</c> at the address that the service listens to.</summary>
    /// <param name="variable">Gives an environment variable; null when it is not set.</param>
    /// <param name="error">Told in one line why it is not live.</param>
    /// <param name="cancel">Ends the question.</param>
    /// <returns>The exit code: 0 live, 1 not.</returns>
    public static async Task<int> AskAsync(
        Func<string, string?> variable,
        TextWriter error,
        CancellationToken cancel = default
    )
    {
        if (Address(variable) is not { } address)
        {
            await error.WriteLineAsync("ASPNETCORE_URLS names no http:// address to ask.");
            return 1;
        }
        var live = new Uri(address, "/health/live");
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var client = new HttpClient(handler) { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(live, cancel);
            if (answer.IsSuccessStatusCode)
            {
                return 0;
            }
            await error.WriteLineAsync($"{live} answered {(int)answer.StatusCode}.");
        }
        catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            await error.WriteLineAsync($"{live} does not answer: {silent.Message}");
        }
        return 1;
    }

    /// <summary>Where the service can be asked from beside it; null: it listens to nothing that speaks HTTP alone.</summary>
    internal static Uri? Address(Func<string, string?> variable)
    {
        string? Value(string name) => variable(name) is { Length: > 0 } value ? value : null;

        // the first of these that is set counts for the service as well
        var urls =
            Value("ASPNETCORE_URLS")
            ?? (
                Value("ASPNETCORE_HTTP_PORTS") is { } ports
                    ? string.Join(';', Split(ports).Select(p => $"http://+:{p}"))
                    : Usual
            );
        return Split(urls)
            .Where(u => u.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            .Select(AsAsked)
            .FirstOrDefault(a => a is not null);
    }

    /// <summary>An address to listen to, as one to ask; null for a socket or pipe, and for what is none.</summary>
    private static Uri? AsAsked(string url)
    {
        try
        {
            var listens = BindingAddress.Parse(url);
            if (listens.IsUnixPipe || listens.IsNamedPipe)
            {
                return null;
            }
            var host = AnyAddress.Contains(listens.Host) ? "127.0.0.1" : listens.Host;
            return new Uri(
                string.Create(CultureInfo.InvariantCulture, $"http://{host}:{listens.Port}/")
            );
        }
        catch (FormatException)
        {
            // the service does not listen to it either
            return null;
        }
    }

    private static string[] Split(string values) =>
        values.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
