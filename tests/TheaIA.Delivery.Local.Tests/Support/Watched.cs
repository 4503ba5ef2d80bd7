using TheaIA.Abstractions;

namespace TheaIA.Delivery.Local.Tests.Support;

/// <summary>What a person would have seen.</summary>
internal sealed class Watched : IProgressReport
{
    public List<string> Lines { get; } = [];

    public void Doing(string now) => Lines.Add($"doing {now}");

    public void Figure(string figure) => Lines.Add($"figure {figure}");

    public void Note(string figure) => Lines.Add($"note {figure}");

    public void Step(string name, TimeSpan took, string figure) =>
        Lines.Add($"step {name} {(took > TimeSpan.Zero ? "took" : "took nothing")} {figure}");

    public void Say(string line) => Lines.Add($"say {line}");

    public void Closing(string line) => Lines.Add($"closing {line}");
}
