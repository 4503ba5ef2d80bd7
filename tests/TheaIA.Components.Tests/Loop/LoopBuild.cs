using TheaIA.Delivery;
using TheaIA.Delivery.Local;
using TheaIA.Delivery.Oci;
using TheaIA.Pipeline;

namespace TheaIA.Components.Tests.Loop;

/// <summary>A build program like build/Build.cs, on ports that a test chose.</summary>
public sealed class LoopBuild
    : NukeBuild,
        ISetupEnv,
        ILint,
        IAcceptance,
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
        IClean,
        INoop
{
    internal static int DevelopmentPort { get; set; }

    internal static int RehearsalPort { get; set; }

    /// <summary>In place of cosign, and then this machine's store in place of a registry. Null: the real ones.</summary>
    internal static ISigning? StandIn { get; set; }

    public Service Tiny =>
        Service.DotNet("tiny", RootDirectory / "src" / "TinyService", DevelopmentPort);

    public IImageBuilder ImageBuilder => Oci.Builder;

    public IRegistry StoreOn(string stateRoot) => Oci.Store(stateRoot);

    public IRegistry RegistryAt(string repository, string stateRoot) =>
        StandIn is null ? Oci.RegistryAt(repository, stateRoot) : Oci.Store(stateRoot);

    public BaseImage BaseAt(string reference, string stateRoot) =>
        OciBase.Parse(reference, at => RegistryAt(at, stateRoot));

    public ISigning Signing => StandIn ?? Cosign.Signing;

    public DeliveryEnvironment Development => Local.Environment("development", DevelopmentPort);

    public DeliveryEnvironment Rehearsal =>
        Local.Environment("rehearsal", RehearsalPort, Policy.Strict.Without("vulnerabilities"));

    public DeliveryEnvironment Staging => new("staging", "https://staging.example.com");
}
