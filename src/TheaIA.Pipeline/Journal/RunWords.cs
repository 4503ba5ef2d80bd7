using System.Globalization;

namespace TheaIA.Pipeline;

/// <summary>A run in a person's words.</summary>
internal static class RunWords
{
    /// <summary><c>14:02</c>, or <c>24 Nov 14:02</c> of another day.</summary>
    public static string Clock(DateTimeOffset at, RunScope scope)
    {
        var (then, now) = Local(at, scope);
        return then.ToString(
            then.Date == now.Date ? "HH:mm" : "d MMM HH:mm",
            CultureInfo.InvariantCulture
        );
    }

    /// <summary><c>today 14:02</c>, <c>yesterday 14:02</c>, <c>Tue 24 Nov 14:02</c>.</summary>
    public static string When(DateTimeOffset at, RunScope scope)
    {
        var (then, now) = Local(at, scope);
        var format = (now.Date - then.Date).Days switch
        {
            0 => "'today' HH:mm",
            1 => "'yesterday' HH:mm",
            _ => "ddd d MMM HH:mm",
        };
        return then.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary><c>failed: Test</c>, <c>killed in Slow after 12 s</c>.</summary>
    public static string Ended(RunRecord run) =>
        run.State switch
        {
            RunState.Done => "done",
            RunState.Failed => $"failed{Behind(": ", run.RootCause?.Name)}",
            RunState.Refused => $"refused{Behind(": ", run.RootCause?.Name)}",
            RunState.Interrupted => $"interrupted{Behind(" by ", run.Interrupted?.By)}",
            RunState.Running => string.Create(
                CultureInfo.InvariantCulture,
                $"running (pid {run.Head.Pid})"
            ),
            _ => $"killed{Behind(" in ", AtWork(run))} after {HumanTime.Format(run.Took)}",
        };

    /// <summary>How long it took; <c>-</c> when nobody saw its end.</summary>
    public static string Took(RunRecord run) =>
        run.End is { } end ? HumanTime.Format(end.Took) : Layout.NoTime.TrimEnd();

    private static string? AtWork(RunRecord run)
    {
        var names = string.Join(
            ", ",
            run.Targets.Where(t => t.Result == TargetResult.Running).Select(t => t.Name)
        );
        return names.Length > 0 ? names : null;
    }

    private static string Behind(string word, string? what) => what is null ? "" : word + what;

    private static (DateTimeOffset Then, DateTimeOffset Now) Local(
        DateTimeOffset at,
        RunScope scope
    )
    {
        var zone = scope.Time.LocalTimeZone;
        return (
            TimeZoneInfo.ConvertTime(at, zone),
            TimeZoneInfo.ConvertTime(scope.Time.GetUtcNow(), zone)
        );
    }
}
