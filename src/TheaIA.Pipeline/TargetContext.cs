using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>What code that runs for a target can ask and tell; the target is found by the flow of the code.</summary>
public static class TargetContext
{
    /// <summary>Tells the person who watches; outside of a target it writes plain lines.</summary>
    public static IProgressReport Progress =>
        RunningTarget.Current is { } running ? running : OutsideReport.Instance;

    /// <summary>The target's name; null outside of a target.</summary>
    public static string? Name => RunningTarget.Current?.Target.Name;

    /// <summary>When the run started: build.sh's first line, where it says so.</summary>
    public static DateTimeOffset RunStarted => RunScope.Current.Started;

    /// <summary>
    /// Runs external programs under the checkout's root. What they write passes the mask and is kept in
    /// the running target's log; with <c>--verbosity verbose</c> it shows as well.
    /// </summary>
    public static IRunner Runner => RunScope.Current.Runner;

    /// <summary>
    /// Passes over a gate that did not pass, when a person said so: <c>--override GATE --reason WHY</c>. For
    /// a target whose actions measure by themselves; gates that it declares are waived by the engine.
    /// </summary>
    /// <param name="gate">The gate's name; case and dashes do not count.</param>
    /// <returns>Reason and person; null: nobody did.</returns>
    public static string? Waive(string gate)
    {
        var waiver = Overrides.Of(RunScope.Current.Parameters.Options, gate);
        if (waiver is not null)
        {
            RunScope.Current.Waived[gate] = waiver;
            RunningTarget.Current?.Waive();
        }

        return waiver;
    }

    /// <summary>Whether a gate was passed over in this run.</summary>
    /// <param name="gate">The name that <see cref="Waive"/> was called with.</param>
    /// <returns>Reason and person; null: it was not.</returns>
    public static string? Waived(string gate) => RunScope.Current.Waived.GetValueOrDefault(gate);

    /// <summary>
    /// Where a parameter's value came from, for an error that names it: <c>the command line</c>, <c>the
    /// environment variable CONFIGURATION</c>, <c>.nuke/parameters.json</c>.
    /// </summary>
    /// <param name="parameter">The parameter's name; case and dashes do not count.</param>
    /// <returns>The source; null: it was not set.</returns>
    public static string? SourceOf(string parameter) =>
        RunScope.Current.Parameters.Given.GetValueOrDefault(ParameterName.Key(parameter))?.From;

    /// <summary>
    /// What is wrong with <c>.nuke/build.schema.json</c>, which <c>./build.sh Schema</c> writes: for a target
    /// that holds generated files against what they are generated from.
    /// </summary>
    /// <returns>A sentence with the command that mends it; null: nothing, or there is no such file.</returns>
    public static string? SchemaDrift() => SchemaCommand.Drift(RunScope.Current);

    /// <summary>Writes a line to the target's log only, through the mask; outside of a target it is dropped.</summary>
    /// <param name="line">The line.</param>
    public static void Log(string line) => RunningTarget.Current?.Log(line);

    private sealed class OutsideReport : IProgressReport
    {
        public static OutsideReport Instance { get; } = new();

        public void Doing(string now)
        {
            // what passes is shown beside a target, and there is none
        }

        public void Figure(string figure) => Console.WriteLine(figure);

        public void Note(string figure) => Console.WriteLine(figure);

        public void Step(string name, TimeSpan took, string figure) =>
            Console.WriteLine($"{name}: {figure}");

        public void Say(string line) => Console.WriteLine(line);

        public void Closing(string line) => Console.WriteLine(line);
    }
}
