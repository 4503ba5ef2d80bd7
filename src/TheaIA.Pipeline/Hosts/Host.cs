namespace TheaIA.Pipeline;

/// <summary>Where the build runs, and so how it speaks.</summary>
public abstract class Host
{
    private protected Host() { }

    /// <summary>As it is typed after <c>--host</c>.</summary>
    public abstract string Name { get; }

    /// <summary>It is a CI server: nobody watches, and nothing is assumed for a person's convenience.</summary>
    public abstract bool IsServer { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal abstract Screen Open(Surroundings surroundings);
}

/// <summary>A person's terminal: colours, and a live view of what runs.</summary>
public sealed class Terminal : Host
{
    internal Terminal() { }

    /// <inheritdoc/>
    public override string Name => nameof(Terminal);

    /// <inheritdoc/>
    public override bool IsServer => false;

    internal override Screen Open(Surroundings surroundings) =>
        new TerminalScreen(surroundings.Output, surroundings.Time, surroundings.OwnsProcess);
}

/// <summary>A pipe, a file or a terminal without colours: the same lines, plain.</summary>
public sealed class Plain : Host
{
    internal Plain(bool isServer) => IsServer = isServer;

    /// <inheritdoc/>
    public override string Name => nameof(Plain);

    /// <inheritdoc/>
    public override bool IsServer { get; }

    internal override Screen Open(Surroundings surroundings) =>
        new PlainScreen(surroundings.Output);
}
