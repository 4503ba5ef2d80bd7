/// <summary>Targets that wait: what is left of a run's time is the engine's.</summary>
internal sealed class Build : NukeBuild
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(0.1);

    public static int Main() => Execute<Build>(x => x.Four);

    public Target Nothing => _ => _.Executes(() => { });

    public Target A => _ => _.Executes(cancel => Task.Delay(1000, cancel));
    public Target B => _ => _.Executes(cancel => Task.Delay(1000, cancel));
    public Target C => _ => _.Executes(() => Thread.Sleep(1000));
    public Target D => _ => _.Executes(() => Thread.Sleep(1000));
    public Target Four => _ => _.DependsOn(A, B, C, D).Executes(() => { });

    // ten in a row, each beside three others: as wide as the least --max-parallel
    public Target L0 => _ => _.DependsOn(A0, B0, C0).Executes(() => { });
    public Target L1 => _ => _.DependsOn(L0, A1, B1, C1).Executes(() => { });
    public Target L2 => _ => _.DependsOn(L1, A2, B2, C2).Executes(() => { });
    public Target L3 => _ => _.DependsOn(L2, A3, B3, C3).Executes(() => { });
    public Target Chain => _ => _.DependsOn(L3).Executes(() => { });

    public Target A0 => _ => _.Executes(Work);
    public Target B0 => _ => _.Executes(Work);
    public Target C0 => _ => _.Executes(Work);
    public Target A1 => _ => _.DependsOn(L0).Executes(Work);
    public Target B1 => _ => _.DependsOn(L0).Executes(Work);
    public Target C1 => _ => _.DependsOn(L0).Executes(Work);
    public Target A2 => _ => _.DependsOn(L1).Executes(Work);
    public Target B2 => _ => _.DependsOn(L1).Executes(Work);
    public Target C2 => _ => _.DependsOn(L1).Executes(Work);
    public Target A3 => _ => _.DependsOn(L2).Executes(Work);
    public Target B3 => _ => _.DependsOn(L2).Executes(Work);
    public Target C3 => _ => _.DependsOn(L2).Executes(Work);

    private static void Work() => Thread.Sleep(Step);
}
