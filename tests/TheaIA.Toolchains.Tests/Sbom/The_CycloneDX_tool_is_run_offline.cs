using TheaIA.Abstractions;
using TheaIA.Toolchains.Tests.Given;

namespace TheaIA.Toolchains.Tests.Bills;

public sealed class The_CycloneDX_tool_is_run_offline : IDisposable
{
    private readonly Sandbox sandbox = new();

    [Fact]
    public void Command_lines_are_built_and_not_run()
    {
        var request = Made.Request(sandbox) with { ArtifactsPath = "/own" };
        var command = CycloneDx.Bom(request, "/packages", "/out");

        $"{command}\n{CycloneDx.Locals("/checkout")}".MatchSnapshot();
        command.WorkingDirectory.ShouldBe(sandbox.Root);
    }

    [Theory]
    [InlineData("global-packages: /root/.nuget/packages/\n", "/root/.nuget/packages/")]
    [InlineData("info : global-packages: /a b/packages", "/a b/packages")]
    [InlineData("http-cache: /tmp", null)]
    [InlineData("", null)]
    public void The_packages_folder_is_read(string output, string? folder) =>
        CycloneDx.PackagesFolder(output).ShouldBe(folder);

    [Fact]
    public async Task What_it_wrote_is_completed_and_does_not_stay()
    {
        Made.Publish(sandbox, "One/1.0.0");
        Made.Package(sandbox, "One", "1.0.0", "");

        var made = await MakeAsync(new(0, "", ""), Made.Bill(Made.Component("One", "1.0.0")));

        made.Packages.ShouldBe(1);
        Directory.GetFileSystemEntries(sandbox["temporary"]).ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_it_is_missing_it_is_said_what_brings_it()
    {
        Made.Publish(sandbox);

        var error = await Should.ThrowAsync<OutcomeException>(() =>
            MakeAsync(
                new(
                    1,
                    "",
                    "Run \"dotnet tool restore\" to make the \"dotnet-cyclonedx\" command available.\n"
                ),
                null
            )
        );

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe("The CycloneDX tool is not here: dotnet tool restore brings it.");
    }

    [Fact]
    public async Task Where_it_fails_its_own_words_are_told()
    {
        Made.Publish(sandbox);

        var error = await Should.ThrowAsync<OutcomeException>(() =>
            MakeAsync(new(7, "Unable to locate valid bom ref for X", ""), null)
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Details.ShouldBe(["Unable to locate valid bom ref for X"]);
    }

    [Fact]
    public async Task Where_it_writes_nothing_that_is_said()
    {
        Made.Publish(sandbox);

        (
            await Should.ThrowAsync<OutcomeException>(() => MakeAsync(new(0, "", ""), null))
        ).Message.ShouldStartWith("The CycloneDX tool wrote no CycloneDX JSON");
    }

    [Fact]
    public async Task Without_a_packages_folder_nothing_can_be_told()
    {
        Made.Publish(sandbox);
        var runner = new Scripted(_ => new CommandResult(0, "", ""));

        var error = await Should.ThrowAsync<OutcomeException>(() =>
            Toolchains.Sbom.MakeAsync(runner, Made.Request(sandbox), Sandbox.Cancel)
        );

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            "`dotnet nuget locals global-packages --list` names no packages folder: "
                + "mend NuGet.Config, then run this again."
        );
    }

    public void Dispose() => sandbox.Dispose();

    private Task<SbomResult> MakeAsync(CommandResult ended, string? bill) =>
        Toolchains.Sbom.MakeAsync(
            new Scripted(c =>
            {
                if (c.Arguments[0] == "nuget")
                {
                    return new CommandResult(0, $"global-packages: {sandbox["packages"]}\n", "");
                }
                if (bill is not null)
                {
                    var output = c.Arguments[c.Arguments.ToList().IndexOf("--output") + 1];
                    File.WriteAllText(Path.Combine(output, "bom.json"), bill);
                }
                return ended;
            }),
            Made.Request(sandbox),
            Sandbox.Cancel
        );
}
