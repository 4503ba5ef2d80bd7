using System.Globalization;

namespace TheaIA.Pipeline;

/// <summary><c>--plan</c>: what would run, in waves that run together, and why each is there.</summary>
internal static class PlanPage
{
    private const int TimeWidth = 13;
    private const string Heading = "target";

    /// <param name="plan">The plan.</param>
    /// <param name="predicted">By past runs.</param>
    /// <param name="spent">Since build.sh's first line.</param>
    public static IEnumerable<string> Lines(Plan plan, Prediction predicted, TimeSpan spent)
    {
        var width = plan.Targets.Select(t => t.Name.Length).Append(Heading.Length).Max() + 3;
        yield return predicted.IsKnown
            ? $"wave  {Heading.PadRight(width)}about"
            : $"wave  {Heading}";
        var last = -1;
        foreach (var (target, level, place) in InWaves(plan))
        {
            var wave = level == last ? "" : (level + 1).ToString(CultureInfo.InvariantCulture);
            last = level;
            var time = predicted.IsKnown ? Time(predicted.Of(place)).PadRight(TimeWidth) : "";
            var head = $"{wave, 4}  {target.Name.PadRight(width)}{time}";
            foreach (var line in Layout.Wrap(head, Why(plan, target)))
            {
                yield return line;
            }
        }

        if (predicted.IsKnown)
        {
            yield return "";
            var path = string.Join(", ", predicted.CriticalPath());
            var total =
                $"At most about {HumanTime.Format(predicted.Total)}, by past runs. What decides: {path}.";
            foreach (
                var line in TimeBudget
                    .Warnings(plan, predicted, spent)
                    .Prepend(total)
                    .SelectMany(sentence => Layout.Wrap("", sentence))
            )
            {
                yield return line;
            }
        }
    }

    private static string Time(TimeSpan time) =>
        time > TimeSpan.Zero ? HumanTime.Format(time) : "-";

    /// <summary>Wave by wave; within one in the order in which they would start.</summary>
    public static IEnumerable<(ExecutableTarget Target, int Level, int Place)> InWaves(Plan plan) =>
        plan
            .Targets.Select((target, place) => (target, plan.Levels[place], place))
            .OrderBy(x => x.Item2);

    public static string Why(Plan plan, ExecutableTarget target)
    {
        var reasons = new List<string>();
        if (target.Invoked)
        {
            reasons.Add(plan.IsDefault ? "the default" : "asked for");
        }

        var needing = plan.Targets.Where(t => t.Needs.Contains(target)).Select(t => t.Name);
        Add("needed by", needing);
        Add("triggered by", target.PulledBy.Where(plan.Contains).Select(t => t.Name));
        if (target.SkipReason is { } skipped)
        {
            reasons.Add($"skipped: {skipped}");
        }

        return string.Join("; ", reasons);

        void Add(string what, IEnumerable<string> names)
        {
            var text = string.Join(", ", names);
            if (text.Length > 0)
            {
                reasons.Add($"{what} {text}");
            }
        }
    }
}
