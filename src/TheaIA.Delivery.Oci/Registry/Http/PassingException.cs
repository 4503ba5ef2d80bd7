namespace TheaIA.Delivery.Oci.Registry.Http;

/// <summary>Something that may go well the next time: a broken connection, 429, 503.</summary>
/// <param name="told">What happened, in a few words.</param>
/// <param name="inner">What caused it.</param>
internal sealed class PassingException(string told, Exception? inner = null)
    : IOException(told, inner)
{
    /// <summary>How long the registry wants to be left alone. Null: it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The registry answered; else nobody did.</summary>
    public bool Answered { get; init; }
}
