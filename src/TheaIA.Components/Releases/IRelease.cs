namespace TheaIA.Components;

/// <summary>Makes the commit's release once: one digest with its evidence.</summary>
public interface IRelease : ISign, IScan, ILint, ICoverage
{
    /// <summary>Names the digest by the immutable tag git-SHA, so that a commit finds it, and attests what is known of it.</summary>
    Target Release =>
        _ =>
            _.Description(
                    "the commit's release: one digest, tested, attested, under the immutable tag git-SHA"
                )
                .DependsOn<ILint>(x => x.Lint)
                .DependsOn<ICoverage>(x => x.Coverage)
                .DependsOn<IScan>(x => x.Scan)
                .DependsOn<ISign>(x => x.Sign)
                .OnlyWhenStatic(() => ReleaseWork.IsMade(this), "this run makes a release")
                .Effect()
                .Executes(cancel => ReleaseWork.ReleaseAsync(this, cancel));
}
