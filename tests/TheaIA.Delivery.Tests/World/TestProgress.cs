using System.Globalization;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Tests.World;

/// <summary>What a person saw, a line each.</summary>
internal sealed class TestProgress : IProgressReport
{
    private readonly List<string> _lines = [];

    public List<string> Did { get; } = [];

    public string Screen
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    public void Doing(string now) => Did.Add(now);

    public void Figure(string figure) => Add($"ok    {figure}");

    public void Note(string figure) => Add($"note  {figure}");

    public void Step(string name, TimeSpan took, string figure) =>
        Add(
            $"ok    {name} {took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s  {figure}"
        );

    public void Say(string line) => Add(line);

    public void Closing(string line) => Add($"=> {line}");

    private void Add(string line)
    {
        lock (_lines)
        {
            _lines.Add(line);
        }
    }
}
