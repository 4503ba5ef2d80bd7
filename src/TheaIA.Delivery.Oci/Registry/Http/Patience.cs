namespace TheaIA.Delivery.Oci.Registry.Http;

/// <summary>How long a registry is waited for. A registry that is down is told within 60 s.</summary>
internal sealed record Patience
{
    /// <summary>Until an answer begins, and between two pieces of it.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Until a chunk that was sent is taken: some registries send it on before they answer.</summary>
    public TimeSpan Chunk { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Until a registry has put together and checked a blob or a manifest.</summary>
    public TimeSpan Commit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Before the second try; doubled before each next one.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Between two tries, unless the registry asks for more.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>What a registry can ask for (Retry-After); more is cut to this.</summary>
    public TimeSpan LongestAsked { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>From the first failure on; then it is given up.</summary>
    public TimeSpan Trying { get; init; } = TimeSpan.FromSeconds(30);
}
