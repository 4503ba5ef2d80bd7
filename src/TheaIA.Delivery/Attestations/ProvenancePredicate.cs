using System.Text.Json;
using System.Text.Json.Nodes;
using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>SLSA provenance v1: buildDefinition and runDetails.</summary>
internal static class ProvenancePredicate
{
    /// <summary>Says what externalParameters mean: targets and parameters of a build program.</summary>
    private const string BuildType = "https://theaia.com/build-types/build-program/v1";

    private const string Sha256 = "sha256:";

    /// <summary>No release takes a day; whoever says so has another clock.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static string Write(ProvenanceFacts facts)
    {
        var source = SourceUri.Of(facts.Remote);
        return PredicateJson.Text(
            new JsonObject
            {
                ["buildDefinition"] = new JsonObject
                {
                    ["buildType"] = BuildType,
                    ["externalParameters"] = new JsonObject
                    {
                        ["source"] = Source(source, facts.Release.Commit),
                        ["targets"] = new JsonArray([
                            .. facts.Targets.Select(t => (JsonNode)JsonValue.Create(t)),
                        ]),
                        ["parameters"] = BuildParameters.Told(facts.Parameters),
                    },
                    ["internalParameters"] = BuildParameters.Told([
                        new("version", facts.Release.Version),
                        .. facts.OwnSettings,
                    ]),
                    ["resolvedDependencies"] = new JsonArray([.. Dependencies(facts, source)]),
                },
                ["runDetails"] = Run(facts),
            }
        );
    }

    public static Said Read(JsonElement predicate)
    {
        var build = predicate.Needed("buildDefinition");
        _ = build.NeededText("buildType");
        if (build.Needed("externalParameters").ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("\"externalParameters\" is no object");
        }
        var builder = predicate.Needed("runDetails").Needed("builder").NeededText("id");
        var took = MadeIn(predicate);
        return new Said(
            Verdict.Pass,
            PredicateJson.Line(
                (took > TimeSpan.Zero ? $"made in {took.Short()} by " : "made by ") + builder
            ),
            PredicateJson.Commits(build.List("resolvedDependencies"))
        );
    }

    public static TimeSpan MadeIn(JsonElement predicate)
    {
        var metadata = predicate.Optional("runDetails")?.Optional("metadata");
        var took =
            metadata?.OptionalTime("finishedOn") - metadata?.OptionalTime("startedOn")
            ?? TimeSpan.Zero;
        return took < TimeSpan.Zero || took > Longest ? TimeSpan.Zero : took;
    }

    public static DateTimeOffset? Finished(JsonElement predicate) =>
        predicate.Optional("runDetails")?.Optional("metadata")?.OptionalTime("finishedOn");

    private static JsonObject Run(ProvenanceFacts facts)
    {
        var builder = new JsonObject { ["id"] = facts.Builder };
        if (facts.BuilderVersions.Count > 0)
        {
            builder["version"] = new JsonObject(
                facts
                    .BuilderVersions.OrderBy(v => v.Key, StringComparer.Ordinal)
                    .Select(v => new KeyValuePair<string, JsonNode?>(v.Key, v.Value))
            );
        }
        var metadata = new JsonObject();
        if (facts.Invocation.Length > 0)
        {
            metadata["invocationId"] = facts.Invocation;
        }
        metadata["startedOn"] = PredicateJson.Time(facts.Started);
        metadata["finishedOn"] = PredicateJson.Time(facts.Finished);
        return new JsonObject { ["builder"] = builder, ["metadata"] = metadata };
    }

    private static IEnumerable<JsonNode> Dependencies(ProvenanceFacts facts, string? source)
    {
        yield return Source(source, facts.Release.Commit);
        if (facts.Base is { } image)
        {
            yield return Base(image);
        }
        if (facts.SdkVersion is { } sdk)
        {
            yield return new JsonObject
            {
                ["name"] = ".NET SDK",
                ["uri"] = $"pkg:generic/dotnet-sdk@{sdk}",
            };
        }
    }

    private static JsonObject Source(string? uri, string commit)
    {
        var source = new JsonObject { ["name"] = "source" };
        if (uri is not null)
        {
            source["uri"] = $"{uri}@{commit}";
        }
        source["digest"] = new JsonObject { ["gitCommit"] = commit };
        return source;
    }

    private static JsonObject Base(Claim image)
    {
        var told = new JsonObject { ["name"] = "base image" };
        // a base from a folder has no address that means anything elsewhere
        if (image.Repository.Length > 0 && image.Repository[0] is not ('.' or '/' or '\\'))
        {
            told["uri"] = $"docker://{image.Repository}@{image.Digest}";
        }
        told["digest"] = new JsonObject
        {
            ["sha256"] = image.Digest.StartsWith(Sha256, StringComparison.Ordinal)
                ? image.Digest[Sha256.Length..]
                : image.Digest,
        };
        return told;
    }
}
