using TheaIA.Delivery;

namespace TheaIA.Components;

/// <summary>Where images are made and lie. The build program names the pieces, one line.</summary>
public interface IHaveImages : IHaveDelivery
{
    /// <summary>Makes images from a published folder.</summary>
    IImageBuilder ImageBuilder { get; }

    /// <summary>Makes images by a Docker engine, for <c>--docker</c>. Default: none, and <c>--docker</c> is refused.</summary>
    IImageBuilder? DockerBuilder => null;

    /// <summary>What an image stands on, for <c>--base-image</c>.</summary>
    /// <param name="reference">REF@DIGEST of a registry, or FOLDER@DIGEST in OCI layout.</param>
    /// <param name="stateRoot">$THEAIA_STATE.</param>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: it is no such reference.</exception>
    BaseImage BaseAt(string reference, string stateRoot);

    /// <summary>
    /// Where the sources lie, as the image tells it (OCI annotation source). Declared, not asked of git: the
    /// digest must not depend on the way that a clone came. Default: null, not told.
    /// </summary>
    string? SourceUrl => null;

    /// <summary>The folder in OCI image layout that DockerBuild writes and Push reads.</summary>
    AbsolutePath ImageDirectory => NukeBuild.RootDirectory / "artifacts" / "image";
}
