namespace TheaIA.Components;

/// <summary>Says the last lines of the log of what runs.</summary>
public interface ILogs : IHaveDelivery
{
    /// <summary>How many lines. Default: 40.</summary>
    [Parameter("how many lines of the log. Default: 40")]
    [CommandLineOnly(nameof(Logs))]
    [Range(1, int.MaxValue)]
    int Lines => TryGetValue<int?>(() => Lines) ?? 40;

    /// <summary>Says the last lines of the log of what runs.</summary>
    Target Logs =>
        _ =>
            _.Description("the last lines of the log of what runs; --lines N")
                .Concurrent()
                .Executes(cancel => DeliveryWork.LogsAsync(this, cancel));
}
