namespace TheaIA.Pipeline;

/// <summary>One line for several targets.</summary>
/// <param name="Mark">What stands in front.</param>
/// <param name="Names">The targets.</param>
/// <param name="Text">What is said of all.</param>
internal sealed record GroupLine(string Mark, IReadOnlyList<string> Names, string Text);

/// <summary>
/// Targets that had nothing to do or were left out, gathered while one of a kind follows another: one line
/// says it of all. Each method gives what is to be shown first, since it can be added to no more.
/// </summary>
internal sealed class NotDone(TimeProvider time)
{
    private readonly List<(string Because, List<string> Names)> _skipped = [];
    private List<string> _same = [];
    private List<string> _continued = [];
    private string _sameWords = "";
    private DateTimeOffset _sameSince;
    private string _continuedFrom = "";

    /// <summary>What it makes stands.</summary>
    public IReadOnlyList<GroupLine> Same(ExecutableTarget target, Made made)
    {
        List<GroupLine> before =
        [
            .. TakeContinued(),
            .. TakeSkipped(),
            .. _sameWords == made.Told ? [] : TakeSame(),
        ];
        _sameWords = made.Told;
        _same.Add(target.Name);
        _sameSince = made.When > _sameSince ? made.When : _sameSince;
        return before;
    }

    /// <summary>An earlier run did it.</summary>
    public IReadOnlyList<GroupLine> Continued(ExecutableTarget target, string words)
    {
        List<GroupLine> before = [.. TakeSame(), .. TakeSkipped()];
        _continued.Add(target.Name);
        _continuedFrom = words;
        return before;
    }

    /// <summary>A condition or --skip left it out.</summary>
    public IReadOnlyList<GroupLine> Skipped(ExecutableTarget target)
    {
        // what --help does not list is nobody's news when it does not run
        if (!target.Listed && !target.Invoked)
        {
            return [];
        }

        List<GroupLine> before = [.. TakeSame(), .. TakeContinued()];
        // what is skipped with another one is told with it
        var because = target.SkipCause ?? target.SkipReason!;
        var same = _skipped.Find(s => s.Because == because).Names;
        if (same is null)
        {
            _skipped.Add((because, same = []));
        }

        same.Add(target.Name);
        return before;
    }

    /// <summary>All that was gathered.</summary>
    public IReadOnlyList<GroupLine> Take() =>
        _same.Count + _continued.Count + _skipped.Count == 0
            ? []
            : [.. TakeSame(), .. TakeContinued(), .. TakeSkipped()];

    private IEnumerable<GroupLine> TakeSame()
    {
        if (_same.Count == 0)
        {
            return [];
        }

        var ago = Layout.Ago(time.GetUtcNow() - _sameSince);
        var line = new GroupLine("same", _same, $"{_sameWords} {ago}");
        (_same, _sameSince) = ([], default);
        return [line];
    }

    private IEnumerable<GroupLine> TakeContinued()
    {
        if (_continued.Count == 0)
        {
            return [];
        }

        var line = new GroupLine("same", _continued, _continuedFrom);
        _continued = [];
        return [line];
    }

    private List<GroupLine> TakeSkipped()
    {
        var lines = _skipped.ConvertAll(s => new GroupLine("-", s.Names, $"skipped: {s.Because}"));
        _skipped.Clear();
        return lines;
    }
}
