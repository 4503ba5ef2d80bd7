using TheaIA.Abstractions;

namespace TheaIA.Delivery.Docker.Tests.Given;

/// <summary>Keeps what a person would have seen a build doing.</summary>
internal sealed class Progress : IProgressReport
{
    public List<string> Done { get; } = [];

    public void Doing(string now) => Done.Add(now);

    public void Figure(string figure) => throw new NotSupportedException(figure);

    public void Note(string figure) => throw new NotSupportedException(figure);

    public void Step(string name, TimeSpan took, string figure) =>
        throw new NotSupportedException(name);

    public void Say(string line) => throw new NotSupportedException(line);

    public void Closing(string line) => throw new NotSupportedException(line);
}
