namespace TheaIA.Delivery.Aws;

/// <summary>What can be other than usual about ECR.</summary>
public sealed record EcrSetup
{
    /// <summary>
    /// The API's address, given as <c>--endpoint-url</c>. Null: the CLI's own, which honours AWS_ENDPOINT_URL
    /// from 2.13 (1.29) on only.
    /// </summary>
    public string? EndpointUrl { get; init; }

    /// <summary>
    /// Other hosts that are ECR: a proxy before it, a stand-in. They name no account, so that the
    /// credentials' own is meant. Null: ECR's names alone.
    /// </summary>
    public Func<string, bool>? AlsoServes { get; init; }

    /// <summary>The region of <see cref="AlsoServes"/>. Null: the CLI's own configuration names it.</summary>
    public string? Region { get; init; }

    /// <summary>
    /// Tags that move when a deployment was verified; a repository that is made here leaves them and
    /// <c>sha256-*</c> out of immutability. At most 4: ECR takes 5 filters.
    /// </summary>
    public IReadOnlyList<string> MovingTags { get; init; } =
    ["development", "rehearsal", "staging", "production"];

    /// <summary>Tells how old a login is, and waits for scans. Default: the system's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
