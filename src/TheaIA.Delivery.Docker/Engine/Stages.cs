namespace TheaIA.Delivery.Docker.Engine;

/// <summary>Which images the stages of a build stand on, as the engine tells it by their ids.</summary>
internal sealed class Stages
{
    /// <summary>What each stage stands on; null: nothing (scratch), or not told yet.</summary>
    private readonly List<string?> begunFrom = [];

    /// <summary>Which stage made an image.</summary>
    private readonly Dictionary<string, int> madeBy = new(StringComparer.Ordinal);

    private bool atFrom;

    /// <summary>The image that the last stage stands on, looked through the stages of this build.</summary>
    public string? Base
    {
        get
        {
            var stage = begunFrom.Count - 1;
            while (stage >= 0)
            {
                if (
                    begunFrom[stage] is not { } image
                    || !madeBy.TryGetValue(image, out var maker)
                    || maker >= stage
                )
                {
                    return begunFrom[stage];
                }
                stage = maker;
            }
            return null;
        }
    }

    /// <summary>A step begins.</summary>
    /// <param name="instruction">As it stands in the Dockerfile.</param>
    public void Begin(string instruction)
    {
        atFrom = instruction.TrimStart().StartsWith("FROM ", StringComparison.OrdinalIgnoreCase);
        if (atFrom)
        {
            begunFrom.Add(null);
        }
    }

    /// <summary>The step that began last ended with this image.</summary>
    public void Gave(string image)
    {
        if (begunFrom.Count == 0)
        {
            return; // an ARG before the first FROM
        }
        if (atFrom)
        {
            begunFrom[^1] = image;
        }
        else
        {
            madeBy.TryAdd(image, begunFrom.Count - 1);
        }
    }
}
