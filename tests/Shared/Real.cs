using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Text;

namespace TheaIA.Tests;

/// <summary>
/// What a test needs of this machine: there, or the test is skipped with the reason. Where the
/// environment variable THEAIA_REAL is set (`./build.sh Test --real`), it fails instead.
/// </summary>
internal static class Real
{
    private const string Demanded = "THEAIA_REAL";

    /// <summary>The full path of a program on PATH.</summary>
    public static string Need(string program) =>
        Find(program) ?? Miss<string>($"{program} is not here: eng/components.sh installs it");

    /// <summary>Whether a program is on PATH.</summary>
    public static bool Have(string program) => Find(program) is not null;

    /// <summary>Where a Docker engine answers: DOCKER_HOST, else the usual socket.</summary>
    public static string NeedEngine()
    {
        var asked = Environment.GetEnvironmentVariable("DOCKER_HOST");
        var host = string.IsNullOrEmpty(asked) ? "unix:///var/run/docker.sock" : asked;
        return EngineAnswers(host)
            ? host
            : Miss<string>(
                $"no Docker engine answers at {host}: eng/components.sh docker installs it, `dockerd &` starts it"
            );
    }

    /// <summary>A folder to put first on PATH, in which `cosign` is that major: 2 or 3.</summary>
    public static string Cosign(int major) =>
        CosignOnPath.Of(major)
        ?? Miss<string>(
            $"cosign {major} is not here: eng/components.sh {CosignOnPath.Component(major)} installs it"
        );

    /// <summary>Skips the test that runs, or fails it where real components are demanded.</summary>
    [DoesNotReturn]
    public static T Miss<T>(string reason)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Demanded)))
        {
            Assert.Skip(reason);
        }

        Assert.Fail(reason);
        throw new InvalidOperationException(reason);
    }

    /// <summary>The full path of a program on PATH, or null.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(IsProgram);

    private static bool IsProgram(string path) =>
        File.Exists(path)
        && !OperatingSystem.IsWindows()
        && (
            File.GetUnixFileMode(path)
            & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)
        ) != 0;

    // the engine's own question for this, asked by hand: one socket, and no program needed
    private static bool EngineAnswers(string host)
    {
        var url = new Uri(host);
        var local = url.Scheme == "unix";
        using var socket = local
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.SendTimeout = socket.ReceiveTimeout = 5_000;
        try
        {
            if (local)
            {
                socket.Connect(new UnixDomainSocketEndPoint(url.AbsolutePath));
            }
            else
            {
                socket.Connect(url.Host, url.Port);
            }

            socket.Send("GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n"u8);
            var answer = new byte[64];
            var read = socket.Receive(answer);
            return Encoding
                .ASCII.GetString(answer, 0, read)
                .Contains(" 200 ", StringComparison.Ordinal);
        }
        catch (SocketException)
        {
            // nobody is there, which is the answer
            return false;
        }
    }
}
