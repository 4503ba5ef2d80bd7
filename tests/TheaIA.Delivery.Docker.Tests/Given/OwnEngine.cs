using System.Diagnostics;

namespace TheaIA.Delivery.Docker.Tests.Given;

/// <summary>
/// A real Docker engine for tests: its socket, state and mounts are its own, and go with it. It has no
/// bridge and leaves the machine's firewall alone.
/// </summary>
internal sealed class OwnEngine : IAsyncDisposable
{
    private readonly ServerProcess server;

    private OwnEngine(ServerProcess server) => this.server = server;

    public Uri Endpoint => new($"unix://{server.Folder}/docker.sock");

    /// <summary>Starts one; without dockerd, or without root, the test is skipped (or fails: see Real).</summary>
    public static async Task<OwnEngine> NewAsync()
    {
        Real.Need("dockerd");
        var unshare = Real.Need("unshare");
        if (!Environment.IsPrivilegedProcess)
        {
            Real.Miss<string>("dockerd wants root");
        }
        return new OwnEngine(
            await ServerProcess.StartAsync(
                unshare,
                (port, folder) =>
                    [
                        "--mount",
                        "--propagation",
                        "private",
                        "dockerd",
                        .. new[]
                        {
                            "--data-root=FOLDER/data",
                            "--exec-root=FOLDER/exec",
                            "--pidfile=FOLDER/pid",
                            "--host=unix://FOLDER/docker.sock",
                            "--bridge=none",
                            "--iptables=false",
                            "--ip-masq=false",
                        }.Select(a => a.Replace("FOLDER", folder, StringComparison.Ordinal)),
                        // its health is asked there, by who starts it
                        $"--host=tcp://127.0.0.1:{port}",
                    ],
                "/_ping"
            )
        );
    }

    /// <summary>The docker command against this engine.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Real.Need("docker"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOCKER_HOST"] = Endpoint.OriginalString;
        using var docker = Process.Start(start)!;
        var output = docker.StandardOutput.ReadToEndAsync(Workspace.Cancel);
        var error = docker.StandardError.ReadToEndAsync(Workspace.Cancel);
        await docker.WaitForExitAsync(Workspace.Cancel);
        docker.ExitCode.ShouldBe(0, $"docker {string.Join(' ', arguments)}\n{await error}");
        return (await output).Trim();
    }

    public async ValueTask DisposeAsync()
    {
        await server.StopAsync("TERM");
        await server.DisposeAsync();
    }
}
