using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Text.Json;
using Docker.DotNet;
using Docker.DotNet.Models;
using TheaIA.Abstractions;
using TheaIA.Delivery.Docker.Dockerfiles;

namespace TheaIA.Delivery.Docker.Engine;

/// <summary>A Docker engine that answered (Engine API 1.41 and later; the classic builder).</summary>
[ExcludeFromCodeCoverage(
    Justification = "Driven by tests with a real Docker engine; where it is missing nobody runs this."
)]
internal sealed class DockerEngine : IDisposable
{
    private const int BufferSize = 128 * 1024;
    private const string Loaded = "Loaded image ID: ";
    private readonly DockerClient client;
    private readonly string at;

    private DockerEngine(DockerClient client, string version)
    {
        this.client = client;
        at = client.Options.Endpoint.OriginalString;
        Version = version;
    }

    /// <summary>Its version: <c>20.10.24</c>.</summary>
    public string Version { get; }

    /// <summary>Asks the engine whether it is there.</summary>
    /// <param name="endpoint">Where; null: DOCKER_HOST, Docker's context, else the system's usual socket.</param>
    /// <param name="time">The clock of the wait.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: no engine answers there.</exception>
    public static async Task<DockerEngine> ConnectAsync(
        Uri? endpoint,
        TimeProvider time,
        CancellationToken cancel
    )
    {
        var client = EngineAbsence.Open(endpoint);
        using var patience = new CancellationTokenSource(EngineAbsence.Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            var version = await client.System.GetVersionAsync(both.Token);
            return new DockerEngine(client, version.Version);
        }
        catch (Exception absent) when (!cancel.IsCancellationRequested)
        {
            // whatever came instead of an answer: nothing was done yet
            var where = client.Options.Endpoint.OriginalString;
            client.Dispose();
            throw EngineAbsence.Of(where, absent);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>The engine has this image.</summary>
    public Task<bool> HoldsAsync(string image, CancellationToken cancel) =>
        CallAsync(
            async () =>
            {
                try
                {
                    await client.Images.InspectImageAsync(image, cancel);
                    return true;
                }
                catch (DockerImageNotFoundException)
                {
                    return false;
                }
            },
            cancel
        );

    /// <summary>The diff ids of an image's layers, from the lowest.</summary>
    public Task<IReadOnlyList<string>> LayersAsync(string image, CancellationToken cancel) =>
        CallAsync<IReadOnlyList<string>>(
            async () =>
            {
                var told = await client.Images.InspectImageAsync(image, cancel);
                return [.. told.RootFS?.Layers ?? []];
            },
            cancel
        );

    /// <summary>Gives the engine an image.</summary>
    /// <param name="archive">As <c>docker save</c> writes one.</param>
    /// <param name="cancel">Ends the transfer.</param>
    /// <returns>The id that it has there; null when the engine does not tell.</returns>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: the engine did not take it.</exception>
    public async Task<string?> LoadAsync(Stream archive, CancellationToken cancel)
    {
        var transcript = new BuildTranscript(progress: null);
        await CallAsync(
            async () =>
            {
                await client.Images.LoadImageAsync(
                    new ImageLoadParameters(),
                    archive,
                    transcript,
                    cancel
                );
                return true;
            },
            cancel
        );
        transcript.End();
        if (transcript.Error is { } why)
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"The Docker engine does not take the base image ({why}): name another one after --base-image."
            );
        }
        return transcript
            .Output.Where(l => l.StartsWith(Loaded, StringComparison.Ordinal))
            .Select(l => l[Loaded.Length..].Trim())
            .LastOrDefault();
    }

    /// <summary>Builds an image.</summary>
    /// <param name="context">The context's archive.</param>
    /// <param name="dockerfile">What is built.</param>
    /// <param name="parameters">How.</param>
    /// <param name="progress">Who is told of the steps.</param>
    /// <param name="cancel">Ends the build, in the engine too.</param>
    /// <returns>What was said, with the image.</returns>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: it did not build; the line is named.</exception>
    public async Task<BuildTranscript> BuildAsync(
        Stream context,
        Dockerfile dockerfile,
        ImageBuildParameters parameters,
        IProgressReport? progress,
        CancellationToken cancel
    )
    {
        var transcript = new BuildTranscript(progress);
        try
        {
            await client.Images.BuildImageFromDockerfileAsync(
                parameters,
                context,
                authConfigs: null,
                headers: null,
                transcript,
                cancel
            );
        }
        catch (DockerApiException refused)
        {
            throw BuildFailure.OfRefusal(dockerfile, Words(refused));
        }
        catch (Exception broken) when (IsBroken(broken))
        {
            throw BrokeOff(broken, cancel);
        }
        transcript.End();
        if (transcript.Error is { } why)
        {
            throw BuildFailure.OfStep(dockerfile, transcript, why);
        }
        return transcript.Image is not null
            ? transcript
            : throw BuildFailure.OfStep(dockerfile, transcript, "the engine told no image");
    }

    /// <summary>Reads an image as an archive, once and forward.</summary>
    public Task<T> SaveAsync<T>(
        string image,
        Func<Stream, Task<T>> read,
        CancellationToken cancel
    ) =>
        CallAsync(
            async () =>
            {
                await using var archive = await client.Images.SaveImageAsync(image, cancel);
                // the library's stream takes a read of no bytes, as a tar reader makes one, for its end
                await using var buffered = new BufferedStream(archive, BufferSize);
                return await read(buffered);
            },
            cancel
        );

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancel)
    {
        try
        {
            return await call();
        }
        catch (DockerApiException refused)
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"The Docker engine at {at} refused ({Words(refused)}): docker info tells how it is.",
                refused
            );
        }
        catch (Exception broken) when (IsBroken(broken))
        {
            throw BrokeOff(broken, cancel);
        }
    }

    private static bool IsBroken(Exception error) =>
        error is HttpRequestException or IOException or SocketException or JsonException;

    private OutcomeException BrokeOff(Exception broken, CancellationToken cancel)
    {
        // a connection that was cut off by us breaks too
        cancel.ThrowIfCancellationRequested();
        return new(
            Outcome.Failed,
            $"What went on with the Docker engine at {at} broke off ({broken.Message.TrimEnd('.')}): see its log, then build again.",
            broken
        );
    }

    /// <summary>An engine's error is <c>{"message":"..."}</c>.</summary>
    private static string Words(DockerApiException refused)
    {
        try
        {
            using var body = JsonDocument.Parse(refused.ResponseBody ?? "");
            return body.RootElement.GetProperty("message").GetString()?.Trim() ?? refused.Message;
        }
        catch (Exception other)
            when (other is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return refused.Message;
        }
    }
}
