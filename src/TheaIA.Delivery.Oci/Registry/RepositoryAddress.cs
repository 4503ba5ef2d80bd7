using System.Net;
using System.Text.RegularExpressions;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Oci.Registry;

/// <summary>A repository of a registry, by Docker's rules for names (distribution, reference/reference.go).</summary>
/// <param name="Host">The registry, as a person names it: <c>127.0.0.1:5000</c>.</param>
/// <param name="Path">The repository on it: <c>team/theaia-api</c>.</param>
internal sealed partial record RepositoryAddress(string Host, string Path)
{
    private const string DockerHub = "docker.io";
    private const string DockerHubApi = "registry-1.docker.io";
    private const int LongestPath = 255;

    /// <summary>Where its API is: plain http on this machine's loopback, https everywhere else.</summary>
    public Uri Origin { get; init; } = OriginOf(Host);

    /// <summary>As it stands in a claim: HOST/REPOSITORY.</summary>
    public string Whole => $"{Host}/{Path}";

    /// <summary>It is on this machine.</summary>
    public bool IsLoopback => Origin.IsLoopback;

    /// <summary>Under which name Docker keeps the login.</summary>
    public string LoginKey => Host == DockerHub ? "https://index.docker.io/v1/" : Host;

    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: it is not HOST[:PORT]/REPOSITORY.</exception>
    public static RepositoryAddress Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !IsHost(text[..slash]) || !HostName.IsMatch(text[..slash]))
        {
            throw Wrong(text);
        }
        var host = text[..slash];
        var path = text[(slash + 1)..];
        if (host is DockerHub or "index.docker.io" or DockerHubApi)
        {
            host = DockerHub;
            path = path.Contains('/', StringComparison.Ordinal) ? path : $"library/{path}";
        }
        return path.Length <= LongestPath && PathName.IsMatch(path)
            ? new RepositoryAddress(host, path)
            : throw Wrong(text);
    }

    /// <summary>
    /// What a claim's repository means here. A name without a host is an image that was built for this
    /// machine's store: it goes under the name that the registry was opened with.
    /// </summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: it is on another host.</exception>
    public RepositoryAddress Of(string repository)
    {
        var slash = repository.IndexOf('/', StringComparison.Ordinal);
        if (repository == Whole || slash < 0 || !IsHost(repository[..slash]))
        {
            return this;
        }
        var other = Parse(repository);
        return other.Host == Host
            ? other with
            {
                Origin = Origin,
            }
            : throw new OutcomeException(
                Outcome.Wrong,
                $"{repository} is not in {Host}, which this run works with: name its registry with --registry {repository}."
            );
    }

    /// <summary>An address of the distribution API below this repository.</summary>
    public Uri Url(string rest) => new(Origin, $"v2/{Path}/{rest}");

    private static OutcomeException Wrong(string text) =>
        new(
            Outcome.Wrong,
            $"'{text}' is no repository: name it as HOST[:PORT]/REPOSITORY, without tag and digest (127.0.0.1:5000/theaia-api)."
        );

    // the rule that tells a host from the first part of a path
    private static bool IsHost(string first) =>
        first == "localhost" || first.AsSpan().IndexOfAny('.', ':') >= 0;

    private static Uri OriginOf(string host)
    {
        var api = host == DockerHub ? DockerHubApi : host;
        var https = new Uri($"https://{api}/");
        return IsOfThisMachine(https.Host) ? new Uri($"http://{api}/") : https;
    }

    private static bool IsOfThisMachine(string name) =>
        name == "localhost"
        || IPAddress.TryParse(name.Trim('[', ']'), out var address)
            && IPAddress.IsLoopback(address);

    [GeneratedRegex(
        @"^([a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[0-9a-fA-F:]+\])(:[0-9]{1,5})?\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex HostName { get; }

    [GeneratedRegex(
        @"^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex PathName { get; }
}
