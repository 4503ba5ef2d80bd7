namespace TheaIA.Delivery.Docker.Dockerfiles;

/// <summary>An instruction of a Dockerfile, its continued lines joined.</summary>
/// <param name="Line">The line that it starts on, from 1.</param>
/// <param name="Keyword">In upper case: <c>COPY</c>.</param>
/// <param name="Rest">What follows the keyword.</param>
internal sealed record Instruction(int Line, string Keyword, string Rest);
