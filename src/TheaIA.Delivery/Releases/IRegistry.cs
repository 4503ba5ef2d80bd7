namespace TheaIA.Delivery;

/// <summary>
/// Where images lie: a registry, or this machine's OCI layout. Every read and write checks the digest.
/// </summary>
public interface IRegistry
{
    /// <summary>As a person names it: <c>this machine's store</c>, or HOST/NAME.</summary>
    string Name { get; }

    /// <summary>Finds a release by digest, tag, commit (7 or more digits) or version.</summary>
    /// <param name="repository">The repository: the service's name in this machine's store.</param>
    /// <param name="reference">What a person typed.</param>
    /// <param name="cancel">Ends the search.</param>
    /// <returns>The release, with the time that its tag keeps; null when there is none.</returns>
    Task<Release?> FindAsync(string repository, string reference, CancellationToken cancel);

    /// <summary>Reads a blob or manifest and checks it against its digest.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="digest">What to read.</param>
    /// <param name="cancel">Ends the read.</param>
    /// <returns>A stream that throws <see cref="InvalidDataException"/> at its end when the digest differs.</returns>
    /// <exception cref="FileNotFoundException">There is no such blob.</exception>
    Task<Stream> ReadAsync(string repository, string digest, CancellationToken cancel);

    /// <summary>Copies an image from a folder in OCI image layout; blobs that are there are not sent again.</summary>
    /// <param name="layoutDirectory">The folder that the builder wrote.</param>
    /// <param name="release">Which image of it.</param>
    /// <param name="cancel">Ends the push; a push that was cut off leaves no manifest.</param>
    /// <returns>How many blobs there are, and how many were there already.</returns>
    Task<PushResult> PushAsync(string layoutDirectory, Release release, CancellationToken cancel);

    /// <summary>Copies an image into a folder in OCI image layout: manifest, configuration and layers, each checked.</summary>
    /// <param name="release">The image.</param>
    /// <param name="layoutDirectory">The folder; made or added to.</param>
    /// <param name="cancel">Ends the copy; one that was cut off leaves no index entry.</param>
    /// <exception cref="TheaIA.Abstractions.OutcomeException">
    /// <see cref="TheaIA.Abstractions.Outcome.Failed"/>: a blob is missing or is not what its digest says; it is named.
    /// </exception>
    Task PullAsync(Release release, string layoutDirectory, CancellationToken cancel);

    /// <summary>
    /// Sets an immutable tag, and keeps <see cref="Release.MadeIn"/> beside it: not in the digest, which is
    /// the same however long it took. Setting it again to the same digest does nothing.
    /// </summary>
    /// <param name="release">The release whose image it is.</param>
    /// <param name="tag">The tag: <c>git-</c> and the full commit.</param>
    /// <param name="cancel">Ends the call.</param>
    /// <exception cref="TheaIA.Abstractions.OutcomeException">
    /// <see cref="TheaIA.Abstractions.Outcome.Failed"/>: the tag names another digest.
    /// </exception>
    Task TagAsync(Release release, string tag, CancellationToken cancel);

    /// <summary>
    /// Lets a tag name this image, whatever it named before: an environment's tag, after a deployment there
    /// was verified. Nothing is ever decided by it. This machine's store keeps none and does nothing.
    /// </summary>
    /// <param name="what">The image.</param>
    /// <param name="tag">The tag: <c>production</c>.</param>
    /// <param name="cancel">Ends the call.</param>
    /// <exception cref="TheaIA.Abstractions.OutcomeException">
    /// <see cref="TheaIA.Abstractions.Outcome.Failed"/>: the registry does not take it.
    /// </exception>
    Task MoveTagAsync(Claim what, string tag, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>A copy of a release that ends at start, for a drill; marked <see cref="Release.Drill"/>.</summary>
    /// <param name="release">The release to copy.</param>
    /// <param name="cancel">Ends the copy.</param>
    Task<Release> FailingCopyAsync(Release release, CancellationToken cancel);
}

/// <summary>What a push did.</summary>
/// <param name="Blobs">How many blobs the image has, configuration included.</param>
/// <param name="AlreadyThere">How many of them were not sent.</param>
public sealed record PushResult(int Blobs, int AlreadyThere);
