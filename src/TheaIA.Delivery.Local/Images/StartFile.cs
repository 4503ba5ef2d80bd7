namespace TheaIA.Delivery.Local.Images;

/// <summary>How an unpacked image starts, kept beside it: the way back needs no registry.</summary>
/// <param name="Entrypoint"><c>dotnet</c>, the assembly, arguments.</param>
/// <param name="Env">NAME=VALUE.</param>
internal sealed record StartFile(IReadOnlyList<string> Entrypoint, IReadOnlyList<string> Env);
