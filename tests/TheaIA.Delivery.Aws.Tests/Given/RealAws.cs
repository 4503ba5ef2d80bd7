namespace TheaIA.Delivery.Aws.Tests.Given;

/// <summary>The aws of this machine, against an API on loopback.</summary>
internal static class RealAws
{
    public static ProgramRunner Runner()
    {
        // where a version manager keeps it, a shim needs the rest of PATH too
        var aws = Path.GetDirectoryName(Real.Need("aws"))!;
        var path = Environment.GetEnvironmentVariable("PATH")!.Split(':');
        var runner = new ProgramRunner([aws, .. path]);
        runner.Environment["AWS_ACCESS_KEY_ID"] = "test";
        runner.Environment["AWS_SECRET_ACCESS_KEY"] = "test";
        return runner;
    }

    public static IRegistryHost Ecr(ProgramRunner runner, string endpoint, TimeProvider time) =>
        Aws.Ecr.Through(runner, new EcrSetup { EndpointUrl = endpoint, Time = time });
}
