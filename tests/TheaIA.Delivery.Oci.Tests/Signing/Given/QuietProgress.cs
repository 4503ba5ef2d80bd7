using TheaIA.Abstractions;

namespace TheaIA.Delivery.Oci.Tests.Signing.Given;

/// <summary>Keeps what a person would see.</summary>
internal sealed class QuietProgress : IProgressReport
{
    public List<string> Seen { get; } = [];

    public void Doing(string now) => Seen.Add(now);

    public void Figure(string figure) => Seen.Add(figure);

    public void Note(string figure) => Seen.Add(figure);

    public void Step(string name, TimeSpan took, string figure) => Seen.Add(name);

    public void Say(string line) => Seen.Add(line);

    public void Closing(string line) => Seen.Add(line);
}
