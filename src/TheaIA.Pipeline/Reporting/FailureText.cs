using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>What a failed target's line says of its exception, and the lines below it.</summary>
internal sealed record FailureText(string Text, IReadOnlyList<string> Details)
{
    public static FailureText Of(ExecutableTarget target, SecretMask mask)
    {
        var error = target.Error!;
        var own = error as OutcomeException;
        // masked before it is cut: a secret may hold spaces and ends of lines
        var message = own is null
            ? Thrown.NamedMessageOf(error, mask)
            : mask.Mask(Thrown.MessageOf(own)).Trim();
        if (target.Attempts > 1)
        {
            message = $"after {target.Attempts} attempts: {message}";
        }

        var lines = Visible.Cut(message).Split('\n').Select(line => Visible.Line(line.Trim()));
        var details = (own?.Details ?? []).SelectMany(d => Visible.Lines(mask.Mask(d)));
        return new(lines.First(), [.. lines.Skip(1), .. details]);
    }
}
