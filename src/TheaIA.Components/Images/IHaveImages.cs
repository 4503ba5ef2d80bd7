using TheaIA.Delivery;

namespace TheaIA.Components;

/// <summary>Where images are made and lie. The build program names the pieces, one line.</summary>
public interface IHaveImages : IHaveDelivery
{
    /// <summary>Makes images from a published folder.</summary>
    IImageBuilder ImageBuilder { get; }

    /// <summary>The folder in OCI image layout that DockerBuild writes and Push reads.</summary>
    AbsolutePath ImageDirectory => NukeBuild.RootDirectory / "artifacts" / "image";
}
