using System.Net.Sockets;
using System.Text.Json;
using Docker.DotNet;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Docker.Engine;

/// <summary>Why no engine answers, and what to start.</summary>
internal static class EngineAbsence
{
    private const string Variable = "DOCKER_HOST";

    /// <summary>How long an engine that is there may take to say so.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(10);

    /// <summary>A client of the engine that is meant; nothing is asked yet.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: what is set names no engine.</exception>
    public static DockerClient Open(Uri? endpoint)
    {
        try
        {
            var builder = new DockerClientBuilder();
            return (endpoint is null ? builder : builder.WithEndpoint(endpoint)).Build();
        }
        catch (Exception wrong)
            when (wrong
                    is DockerConfigurationException
                        or SshDockerEndpointNotSupportedException
                        or NotSupportedException
                        or InvalidOperationException
                        or UriFormatException
                        or IOException
                        or JsonException
            )
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"No Docker engine can be asked ({wrong.Message.TrimEnd('.')}): set {Variable} to unix:///var/run/docker.sock or tcp://HOST:PORT.",
                wrong
            );
        }
    }

    /// <summary>For an engine that did not answer.</summary>
    /// <param name="where">Where it was asked.</param>
    /// <param name="absent">What came instead.</param>
    public static OutcomeException Of(string where, Exception absent)
    {
        var socket = Causes(absent).OfType<SocketException>().FirstOrDefault();
        var (fact, mend) =
            socket?.SocketErrorCode == SocketError.AccessDenied
                ? ("The Docker engine does not let this user in", "join its group (docker)")
            : absent is OperationCanceledException
                ? (
                    $"The Docker engine says nothing for {Patience.TotalSeconds:0} s",
                    "look into its log"
                )
            : ("No Docker engine answers", "start it (systemctl start docker, or dockerd)");
        return new OutcomeException(
            Outcome.Wrong,
            $"{fact} at {where}: {mend}, name another by {Variable}, or build without --docker.",
            absent
        );
    }

    private static IEnumerable<Exception> Causes(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
