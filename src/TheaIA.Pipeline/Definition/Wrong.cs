using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>What is wrong before anything ran: exit 2.</summary>
internal static class Wrong
{
    /// <summary>The build program itself.</summary>
    public static OutcomeException Program(string sentence, params string[] details) =>
        new(Outcome.Wrong, sentence) { Details = details };

    /// <summary>What was typed.</summary>
    public static OutcomeException CommandLine(string sentence, params string[] details) =>
        new(Outcome.Wrong, sentence) { Details = details };
}
