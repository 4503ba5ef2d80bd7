/// <summary>
/// What this repository delivers, where to, and by which goals. No logic: `./build.sh --help` says
/// what can be done with it.
/// </summary>
internal sealed class Build
    : NukeBuild,
        ISetupEnv,
        IRestore,
        ICompile,
        ILint,
        ITest,
        IAcceptance,
        ICoverage,
        IDockerBuild,
        IPush,
        ISign,
        IRelease,
        IDeploy,
        IVerify,
        IRollback,
        IRecover,
        IUnhold,
        IDrill,
        IStatus,
        IGates,
        ILogs,
        IStop,
        IServe,
        IGenerateWorkflows,
        IClean,
        IBenchmark,
        INoop
{
    public static int Main() => Execute<Build>(x => ((ITest)x).Test);

    public Service Api =>
        Service.DotNet("theaia-api", RootDirectory / "src" / "TheaIA.Api", port: 8000);

    public IImageBuilder ImageBuilder => Oci.Builder;

    public IRegistry StoreOn(string stateRoot) => Oci.Store(stateRoot);

    public DeliveryEnvironment Development => Local.Environment("development", port: 8000);

    public DeliveryEnvironment Rehearsal =>
        Local.Environment("rehearsal", port: 8001, Policy.Strict);

    // their platforms come later: until then Deploy says so
    public DeliveryEnvironment Staging => new("staging", "https://staging.theaia.com");

    public DeliveryEnvironment Production => new("production", "https://api.theaia.com");

    public Kpis Goals =>
        new()
        {
            Coverage = 98.Percent(),
            BuildToDeploy = 7.Minutes(),
            Rollback = 90.Seconds(),
            Uptime = 99.94.Percent(),
            HighIncidents = 0,
        };
}
