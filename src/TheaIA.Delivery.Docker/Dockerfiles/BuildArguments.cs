using System.Globalization;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Docker.Dockerfiles;

/// <summary>The build args of an engine's build.</summary>
internal static class BuildArguments
{
    public const string Base = "BASE_IMAGE";

    /// <summary>
    /// Those that were given, and what we can tell of the image to a Dockerfile that declares it: an engine
    /// warns of args that nobody takes.
    /// </summary>
    /// <param name="request">Whose image it is.</param>
    /// <param name="build">How it is built.</param>
    /// <param name="dockerfile">The Dockerfile.</param>
    /// <param name="under">How the engine names the base image; null: none was given.</param>
    public static Dictionary<string, string> Of(
        ImageRequest request,
        DockerfileBuild build,
        Dockerfile dockerfile,
        string? under
    )
    {
        var arguments = build.Arguments.ToDictionary(StringComparer.Ordinal);
        Tell(Base, under);
        Tell("REVISION", request.Commit);
        Tell("VERSION", request.Version);
        Tell(
            "CREATED",
            request
                .Created.ToUniversalTime()
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        );
        Tell("SOURCE", request.Source);
        return arguments;

        void Tell(string name, string? value)
        {
            if (value is { Length: > 0 } && dockerfile.Declares(name))
            {
                arguments.TryAdd(name, value);
            }
        }
    }

    /// <summary>A base image that nobody takes, or one that nobody gives.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: either.</exception>
    public static void Check(ImageRequest request, DockerfileBuild build, Dockerfile dockerfile)
    {
        if (request.Base is not null && !dockerfile.Declares(Base))
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"{dockerfile.Path} takes no base image: declare ARG {Base} before its FROM, or leave --base-image out."
            );
        }
        if (request.Base is null && dockerfile.Wants(Base) && !build.Arguments.ContainsKey(Base))
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"{dockerfile.Path} needs a base image: --base-image HOST/REPOSITORY@sha256:..."
            );
        }
    }
}
