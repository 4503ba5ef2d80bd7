namespace TheaIA.Components;

/// <summary>Makes the commit's release once: one digest with its evidence.</summary>
public interface IRelease : ISign, ILint, ICoverage
{
    /// <summary>Names the digest by the immutable tag git-SHA, so that a commit finds it.</summary>
    Target Release =>
        _ =>
            _.Description(
                    "the commit's release: one digest, tested, under the immutable tag git-SHA"
                )
                .DependsOn<ILint>(x => x.Lint)
                .DependsOn<ICoverage>(x => x.Coverage)
                .DependsOn<ISign>(x => x.Sign)
                .OnlyWhenStatic(() => ImageWork.MakesRelease(this), "this run makes a release")
                .Effect()
                .Executes(cancel => ImageWork.ReleaseAsync(this, cancel));
}
