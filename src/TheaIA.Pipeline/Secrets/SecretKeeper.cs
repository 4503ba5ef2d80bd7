namespace TheaIA.Pipeline;

/// <summary>
/// Hides a run's secrets: in what the engine writes, and on GitHub Actions also in what the job's other
/// steps write. The runner is told on standard error, which it reads as it does standard output, and
/// which a pipe or a file behind the command does not get.
/// </summary>
internal sealed class SecretKeeper(
    SecretMask mask,
    Surroundings surroundings,
    EngineOptions options
)
{
    /// <summary>A line of a secret with several that is shorter would hide common text, such as a bracket.</summary>
    private const int ShortestLine = 4;

    private readonly bool _isAnnounced =
        !options.IsQuestion && HostDetection.IsTrue(surroundings, "GITHUB_ACTIONS");

    /// <summary>Programs that print secrets may run.</summary>
    public bool MayRun => !options.IsQuestion;

    /// <summary>Ends with the run.</summary>
    public CancellationToken Cancel => surroundings.Interruption.Token;

    /// <summary>The text without secrets.</summary>
    public string Mask(string text) => mask.Mask(text);

    /// <summary>From now on this text is masked. To be called before anything can print it.</summary>
    public void Hide(string secret)
    {
        mask.Add(secret);
        if (!_isAnnounced)
        {
            return;
        }

        foreach (var line in Lines(secret))
        {
            surroundings.Error.Write($"::add-mask::{GitHubScreen.Data(line)}\n");
        }
    }

    /// <summary>The runner looks at one line at a time.</summary>
    private static IEnumerable<string> Lines(string secret)
    {
        var lines = secret.Split(
            ['\n', '\r'],
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
        );
        return lines.Length == 1 ? lines : lines.Where(line => line.Length >= ShortestLine);
    }
}
