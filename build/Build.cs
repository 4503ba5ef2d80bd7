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
        IScan,
        IRelease,
        IDeploy,
        IVerify,
        IRollback,
        IRecover,
        IUnhold,
        IDrill,
        IStatus,
        IGates,
        IEvidence,
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

    public IImageBuilder DockerBuilder => new DockerImageBuilder();

    public BaseImage BaseAt(string reference, string stateRoot) =>
        OciBase.Parse(reference, at => RegistryAt(at, stateRoot));

    public string SourceUrl => "https://github.com/theaia/theaia";

    public IRegistry StoreOn(string stateRoot) => Oci.Store(stateRoot);

    public IRegistry RegistryAt(string repository, string stateRoot) =>
        Oci.RegistryAt(
            repository,
            stateRoot,
            new RegistryAccess
            {
                Hosts = RegistryHosts,
                Runner = TargetContext.Runner,
                Told = TargetContext.Progress.Say,
            }
        );

    public IReadOnlyList<IRegistryHost> RegistryHosts => [Ecr.Through(TargetContext.Runner)];

    public ISigning Signing => Cosign.Signing;

    // what the tests drive where it is there: eng/components.sh brings it
    public IReadOnlyList<string> RealComponents =>
        [
            "cosign",
            "cosign3",
            "docker-registry",
            "oras",
            "gitleaks",
            "dockerd",
            "aws",
            "moto_server",
        ];

    public DeliveryEnvironment Development => Local.Environment("development", port: 8000);

    public DeliveryEnvironment Rehearsal =>
        Local.Environment("rehearsal", port: 8001, Policy.Strict.Without("vulnerabilities"));

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
