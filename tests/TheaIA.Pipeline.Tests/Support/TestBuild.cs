namespace TheaIA.Pipeline.Tests;

/// <summary>A build class whose targets leave a trace.</summary>
public abstract class TestBuild : NukeBuild
{
    protected static void Ran(string name) => Trace.Current.Add(name);

    /// <summary>Lets the test's clock go on.</summary>
    protected static void Take(double seconds) =>
        Trace.Current.Time.Move(TimeSpan.FromSeconds(seconds));

    protected static void Set(string name, object value) => Trace.Current.Bag[name] = value;

    protected static void Throw(string message) => throw new InvalidOperationException(message);
}
