namespace TheaIA.Abstractions;

/// <summary>
/// What a target tells the person who watches. Every text is one line, plain, and passes the mask.
/// </summary>
public interface IProgressReport
{
    /// <summary>What it is doing now, replacing what it did before: <c>312 passed</c>.</summary>
    /// <param name="now">A few words.</param>
    void Doing(string now);

    /// <summary>The figure that matters, beside the target's line: <c>612 passed, 0 skipped</c>.</summary>
    /// <param name="figure">A few words, with the goal in brackets where there is one.</param>
    void Figure(string figure);

    /// <summary>A figure that is worth a look: the target's line starts with <c>note</c>.</summary>
    /// <param name="figure">What is not as it could be.</param>
    void Note(string figure);

    /// <summary>A step that ended, as a line of its own: <c>ok  switch  0.1 s  0 requests failed</c>.</summary>
    /// <param name="name">One word or two.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="figure">What came out.</param>
    void Step(string name, TimeSpan took, string figure);

    /// <summary>A line of text that is the target's answer: a row of Status, a sentence.</summary>
    /// <param name="line">The line.</param>
    void Say(string line);

    /// <summary>The run's last line, when all goes well: what is true now and what to type next.</summary>
    /// <param name="line">One sentence.</param>
    void Closing(string line);
}
