using TheaIA.Delivery;
using TheaIA.Toolchains;

namespace TheaIA.Components;

/// <summary>Where a release comes from: the builder, the sources, the parameters that shaped it (SLSA v1).</summary>
internal static class Provenance
{
    public static async Task<ProvenanceFacts> FactsAsync(
        IRelease build,
        Release release,
        CancellationToken cancel
    ) =>
        new(
            release,
            TargetContext.RunStarted,
            // MadeIn is what the release carries everywhere, so that the two never differ
            TargetContext.RunStarted + release.MadeIn
        )
        {
            Builder = Workflow() ?? ProvenanceFacts.LocalBuilder,
            Invocation = Run() ?? "",
            Targets = [.. build.InvokedTargets.Select(t => t.Name)],
            Parameters =
            [
                .. Given("Registry", build.Registry),
                .. Given("BaseImage", build.BaseImage),
                .. Given("Docker", build.Docker ? "true" : null),
            ],
            OwnSettings = [.. Given("Configuration", build.Configuration)],
            Remote = await FirstLineAsync(Git.Remote(NukeBuild.RootDirectory), cancel),
            Base = ImageWork.Base(build)?.What,
            SdkVersion = await FirstLineAsync(new("dotnet", "--version"), cancel),
        };

    // https://docs.github.com/actions/reference/workflows-and-actions/variables
    private static string? Workflow() =>
        Variable("GITHUB_WORKFLOW_REF") is { } workflow ? $"{Server}/{workflow}" : null;

    private static string? Run() =>
        Variable("GITHUB_RUN_ID") is { } run
            ? $"{Server}/{Variable("GITHUB_REPOSITORY")}/actions/runs/{run}/attempts/{Variable("GITHUB_RUN_ATTEMPT") ?? "1"}"
            : null;

    private static string Server => Variable("GITHUB_SERVER_URL") ?? "https://github.com";

    private static string? Variable(string name) =>
        System.Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static IEnumerable<KeyValuePair<string, string>> Given(string name, string? value) =>
        value is null ? [] : [new(name, value)];

    private static async Task<string?> FirstLineAsync(Command command, CancellationToken cancel)
    {
        var asked = await TargetContext.Runner.RunAsync(command, cancel: cancel);
        return asked.ExitCode == 0 ? asked.Output.Split('\n')[0].Trim() : null;
    }
}
