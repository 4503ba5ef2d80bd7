using System.Text;
using TheaIA.Abstractions;

namespace TheaIA.Delivery.Docker.Dockerfiles;

/// <summary>
/// A Dockerfile as far as we need to know it: which line an engine means, and which args it declares. The
/// engine reads it for itself (Dockerfile reference, "Format", "Parser directives").
/// </summary>
internal sealed class Dockerfile
{
    private readonly string[] lines;

    private Dockerfile(string path, string[] lines)
    {
        Path = path;
        this.lines = lines;
        Instructions = [.. Read(lines)];
    }

    /// <summary>Where it lies in its context, with <c>/</c>: as the engine and a person name it.</summary>
    public string Path { get; }

    /// <summary>In the order of the engine's steps.</summary>
    public IReadOnlyList<Instruction> Instructions { get; }

    /// <summary>Reads the Dockerfile of a build.</summary>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: there is none, or it lies outside its context.
    /// </exception>
    public static Dockerfile Of(DockerfileBuild build)
    {
        var context = System.IO.Path.GetFullPath(build.Context);
        var file = System.IO.Path.GetFullPath(build.Path, context);
        var path = System.IO.Path.GetRelativePath(context, file).Replace('\\', '/');
        if (path.StartsWith("../", StringComparison.Ordinal) || System.IO.Path.IsPathRooted(path))
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"{file} lies outside its build context {context}: move it there, or name a context that holds it."
            );
        }
        if (!File.Exists(file))
        {
            throw new OutcomeException(
                Outcome.Wrong,
                $"There is no Dockerfile {path} in {context}: write one, or build without --docker."
            );
        }
        return Parse(path, File.ReadAllText(file));
    }

    /// <summary>Reads the text of one.</summary>
    public static Dockerfile Parse(string path, string text) =>
        new(path, text.ReplaceLineEndings("\n").Split('\n'));

    /// <summary>It declares this build arg: an engine warns of args that nobody takes.</summary>
    public bool Declares(string name) => Arguments().Any(a => a.Name == name);

    /// <summary>It declares this build arg and gives it no value, so that somebody has to.</summary>
    public bool Wants(string name) =>
        Arguments().FirstOrDefault(a => a.Name == name) is { Name: not null, HasValue: false };

    /// <summary>The text of a line, as it was written; null when there is no such line.</summary>
    public string? Line(int number) =>
        number >= 1 && number <= lines.Length ? lines[number - 1].TrimEnd() : null;

    private IEnumerable<(string Name, bool HasValue)> Arguments() =>
        Instructions
            .Where(i => i.Keyword == "ARG")
            .SelectMany(i =>
                i.Rest.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
            )
            .Select(a => (a.Split('=', 2)[0], a.Contains('=', StringComparison.Ordinal)));

    private static IEnumerable<Instruction> Read(string[] lines)
    {
        var escape = Escape(lines);
        var (begun, text) = (0, new StringBuilder());
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            // comments and empty lines are passed over, between continued lines too
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }
            begun = text.Length == 0 ? i + 1 : begun;
            var goesOn = line[^1] == escape;
            text.Append(goesOn ? line[..^1] : line);
            if (!goesOn)
            {
                yield return Split(begun, text.ToString());
                text.Clear();
            }
            else if (text.Length == 0)
            {
                text.Append(' '); // a lone escape begins an instruction as well
            }
        }
        if (text.ToString().Trim() is { Length: > 0 } last)
        {
            yield return Split(begun, last);
        }
    }

    private static Instruction Split(int line, string text)
    {
        var parts = text.Trim().Split((char[])[' ', '\t'], 2, StringSplitOptions.TrimEntries);
        return new Instruction(line, parts[0].ToUpperInvariant(), parts.Length > 1 ? parts[1] : "");
    }

    /// <summary>Directives are comments before everything else: <c># escape=`</c>.</summary>
    private static char Escape(string[] lines)
    {
        foreach (var line in lines.TakeWhile(l => l.TrimStart().StartsWith('#')))
        {
            var parts = line.TrimStart()
                .TrimStart('#')
                .Split('=', 2, StringSplitOptions.TrimEntries);
            if (
                parts is [var name, [var escape]]
                && name.Equals("escape", StringComparison.OrdinalIgnoreCase)
            )
            {
                return escape;
            }
        }
        return '\\';
    }
}
