using System.Text.Json;
using TheaIA.Delivery;

namespace TheaIA.Components;

/// <summary>
/// .nuke/policy/ENVIRONMENT.json: what a place wants to know, reviewed like code. Where there is no
/// file, the policy that the build program declares holds.
/// </summary>
internal static class PolicyFile
{
    public static Policy Read(AbsolutePath root, DeliveryEnvironment environment)
    {
        var file = root / ".nuke" / "policy" / (environment.Name + ".json");
        if (!file.FileExists())
        {
            return environment.Policy;
        }
        var name = $".nuke/policy/{environment.Name}.json";
        try
        {
            using var json = JsonDocument.Parse(file.ReadAllText());
            var wanted = json.RootElement.GetProperty("wanted");
            var forgiving = json.RootElement.GetProperty("forgiving").GetBoolean();
            // a file can make a place stricter than it was declared, never more forgiving, nor want less
            return environment.Policy with
            {
                Wanted =
                [
                    .. environment.Policy.Wanted.Union(
                        wanted.EnumerateArray().Select(w => w.GetString() ?? throw Nameless),
                        StringComparer.Ordinal
                    ),
                ],
                Forgiving = forgiving && environment.Policy.Forgiving,
                TrustedKeys = TrustedKeys.Read(json.RootElement, root, name),
            };
        }
        catch (JsonException broken)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"{name}, line {broken.LineNumber + 1}, column {broken.BytePositionInLine + 1}: this is not JSON.",
                broken
            );
        }
        catch (Exception wrong) when (wrong is KeyNotFoundException or InvalidOperationException)
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"{name} needs \"wanted\" (a list of gates) and \"forgiving\" (true or false); "
                    + "\"trustedKeys\" is a list of files, KMS URIs or {\"identity\", \"issuer\"}.",
                wrong
            );
        }
    }

    /// <summary>
    /// For the way back and for a look, which a broken file must not stop: then nothing is forgiven, since
    /// the file may have said so.
    /// </summary>
    public static Policy ReadOrStrict(AbsolutePath root, DeliveryEnvironment environment)
    {
        try
        {
            return Read(root, environment);
        }
        catch (OutcomeException)
        {
            return environment.Policy with { Forgiving = false };
        }
    }

    private static InvalidOperationException Nameless => new("a gate has no name");
}

/// <summary>Where an environment's policy comes from.</summary>
internal delegate Policy ReadPolicy(AbsolutePath root, DeliveryEnvironment environment);
