using System.Diagnostics.CodeAnalysis;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>Measures a target's gates before its actions.</summary>
internal static class GateCheck
{
    /// <exception cref="OutcomeException">Refused: a gate said no, or nobody could say yes.</exception>
    public static Task MeasureAsync(
        ExecutableTarget target,
        RunningTarget running,
        EngineOptions options,
        Journal? journal
    ) =>
        target.Definition.Gates.Length == 0
            ? Task.CompletedTask
            : MeasureAllAsync(target, running, options, journal);

    private static async Task MeasureAllAsync(
        ExecutableTarget target,
        RunningTarget running,
        EngineOptions options,
        Journal? journal
    )
    {
        var passed = new List<string>();
        var refused = new List<(IGate Gate, string Text, Measurement Measured)>();
        var waived = false;
        foreach (var gate in target.Definition.Gates)
        {
            var measured = await MeasureAsync(gate, running.Stop.Token);
            var waiver = Overrides.Of(options, gate.Name, target.Name);
            var text = Text(target, gate, measured);
            if (waiver is not null && measured.Verdict is not (Verdict.Pass or Verdict.Waived))
            {
                measured = measured with { Verdict = Verdict.Waived };
                text = $"{Text(target, gate, measured)}: {waiver}";
            }

            journal?.Measured(target, gate.Name, measured);
            if (measured.Verdict is Verdict.Pass or Verdict.Waived)
            {
                passed.Add(text);
                waived |= measured.Verdict == Verdict.Waived;
                continue;
            }

            // the line itself is the target's; what stands below it says whose it is
            refused.Add(
                (gate, refused.Count == 0 ? text : Named(target, gate, measured), measured)
            );
        }

        if (refused.Count > 0)
        {
            var names = refused.Select(r => NameOf(target, r.Gate)).Distinct().ToList();
            target.StoppedAt = names[0];
            target.AlsoStoppedAt = names[1..];
            throw new OutcomeException(Outcome.Refused, refused[0].Text)
            {
                Details =
                [
                    .. refused[0].Measured.Details,
                    .. refused.Skip(1).SelectMany(r => r.Measured.Details.Prepend(r.Text)),
                ],
            };
        }

        if (passed.Count > 0)
        {
            var figure = string.Join("; ", passed);
            (waived ? running.Note : (Action<string>)running.Figure)(figure);
        }
    }

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "A monitor that errs measured nothing: that is the verdict unknown."
    )]
    private static async Task<Measurement> MeasureAsync(IGate gate, CancellationToken stop)
    {
        try
        {
            // a gate is the build program's own code, which may give null whatever its signature says
            return
                gate.MeasureAsync(stop) is { } asked
                && await asked
                    is {
                        Value: not null,
                        Limit: not null,
                        Source: not null,
                        Details: not null
                    } whole
                ? whole with
                {
                    Verdict = Known(whole.Verdict),
                }
                : new Measurement(Verdict.Unknown, "the gate gave no measurement");
        }
        catch (Exception thrown) when (!stop.IsCancellationRequested)
        {
            return new Measurement(Verdict.Unknown, Thrown.MessageOf(thrown));
        }
    }

    /// <summary>A number that is no verdict says nothing.</summary>
    private static Verdict Known(Verdict verdict) =>
        Enum.IsDefined(verdict) ? verdict : Verdict.Unknown;

    private static string Text(ExecutableTarget target, IGate gate, Measurement measured) =>
        NameComparer.Instance.Equals(target.Name, gate.Name)
            ? Text(measured)
            : Named(target, gate, measured);

    private static string Named(ExecutableTarget target, IGate gate, Measurement measured) =>
        $"{NameOf(target, gate)}: {Text(measured)}";

    private static string Text(Measurement measured)
    {
        var verdict = measured.Verdict switch
        {
            Verdict.Unknown => "unknown: ",
            Verdict.Waived => "waived: ",
            _ => "",
        };
        var limit = measured.Limit.Length > 0 ? $" [{measured.Limit}]" : "";
        return $"{verdict}{measured.Value}{limit}";
    }

    private static string NameOf(ExecutableTarget target, IGate gate) =>
        NameComparer.Instance.Equals(target.Name, gate.Name) ? target.Name : gate.Name;
}
