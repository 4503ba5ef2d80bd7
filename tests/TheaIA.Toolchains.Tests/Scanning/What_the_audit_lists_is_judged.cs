using TheaIA.Abstractions;
using TheaIA.Toolchains.Tests.Given;

namespace TheaIA.Toolchains.Tests.Scanning;

public sealed class What_the_audit_lists_is_judged : IDisposable
{
    private const string Configuration = """
        packageSources:
        	add key="mirror" value="https://mirror/v3/index.json" protocolVersion="3"
        	add key="off" value="https://off/v3/index.json"
        disabledPackageSources:
        	add key="off" value="true"
        	add key="mirror" value="false"
        config:
        	add key="globalPackagesFolder" value="/packages"
        """;

    private const string Vulnerable = """
        {
          "version": 1,
          "parameters": "--vulnerable --include-transitive",
          "sources": [ "https://mirror/v3/index.json" ],
          "projects": [
            { "path": "/src/Clean.csproj" },
            {
              "path": "/src/A.csproj",
              "frameworks": [
                {
                  "framework": "net10.0",
                  "topLevelPackages": [
                    {
                      "id": "A", "requestedVersion": "1.0.0", "resolvedVersion": "1.0.0",
                      "vulnerabilities": [
                        { "severity": "High", "advisoryurl": "https://github.com/advisories/GHSA-1" },
                        { "severity": "Low", "advisoryurl": "https://github.com/advisories/GHSA-2/" }
                      ]
                    }
                  ],
                  "transitivePackages": [
                    {
                      "id": "B", "resolvedVersion": "2.0.0",
                      "vulnerabilities": [ { "severity": "Critical", "advisoryurl": "https://github.com/advisories/GHSA-3" } ]
                    }
                  ]
                }
              ]
            },
            {
              "path": "/src/Twice.csproj",
              "frameworks": [
                {
                  "framework": "net10.0",
                  "transitivePackages": [
                    {
                      "id": "B", "resolvedVersion": "2.0.0",
                      "vulnerabilities": [ { "severity": "Critical", "advisoryurl": "https://github.com/advisories/GHSA-3" } ]
                    }
                  ]
                }
              ]
            }
          ]
        }
        """;

    private readonly Sandbox sandbox = new();

    [Fact]
    public void Sources_are_read_and_disabled_ones_left_out()
    {
        var sources = AuditSources.Parse(Configuration);

        sources.Audit.ShouldBeEmpty();
        sources.Packages.Select(s => s.Name).ShouldBe(["mirror"]);
        sources.Asked.ShouldBe(sources.Packages);
        AuditSources
            .Parse(Configuration + "\nauditSources:\n\tadd key=\"a\" value=\"https://a\"\n")
            .Asked.Select(s => $"{s.Name} {s.Address}")
            .ShouldBe(["a https://a"]);
        AuditSources.Parse("").Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "mirror", "https://mirror/v3/index.json")]
    [InlineData(
        "\nauditSources:\n\tadd key=\"a\" value=\"https://a\" protocolVersion=\"3\"\n",
        "a",
        "https://a"
    )]
    public void The_asked_sources_become_the_only_ones_and_audit_sources(
        string more,
        string key,
        string value
    ) =>
        AuditSources
            .Parse(Configuration + more)
            .Configuration()
            .ReplaceLineEndings("\n")
            .ShouldBe(
                $"""
                <configuration>
                  <packageSources>
                    <clear />
                  </packageSources>
                  <auditSources>
                    <clear />
                    <add key="{key}" value="{value}" protocolVersion="3" />
                  </auditSources>
                </configuration>
                """.ReplaceLineEndings("\n")
            );

    [Fact]
    public void Each_package_is_named_once()
    {
        var report = Read("warn : something\n" + Vulnerable);

        report.Unknown.ShouldBeNull();
        report.Source.ShouldBe("NuGet audit of 3 projects by mirror");
        report.Findings.ShouldBe([
            new("GHSA-1", "High", "A 1.0.0"),
            new("GHSA-2", "Low", "A 1.0.0"),
            new("GHSA-3", "Critical", "B 2.0.0"),
        ]);
    }

    [Fact]
    public void Projects_without_findings_are_a_pass_of_the_source_that_answered() =>
        Read(
                """{ "sources": [ "https://mirror/v3/index.json" ], "projects": [ { "path": "/a" } ] }"""
            )
            .ShouldSatisfyAllConditions(
                r => r.Unknown.ShouldBeNull(),
                r => r.Findings.ShouldBeEmpty()
            );

    [Theory]
    [InlineData("", 0, "")]
    [InlineData(
        "error: Unable to load the service index",
        1,
        ": error: Unable to load the service index"
    )]
    [InlineData("[]", 0, "")]
    [InlineData("{", 0, "")]
    [InlineData("""{ "projects": [ 1 ] }""", 0, "")]
    [InlineData("""{ "projects": [ { "path": "/a" } ] }""", 0, "")]
    [InlineData("""{ "sources": [], "projects": [ { "path": "/a" } ] }""", 0, "")]
    [InlineData("""{ "sources": [ "https://other" ], "projects": [ { "path": "/a" } ] }""", 0, "")]
    [InlineData(
        """{ "sources": [ "https://mirror/v3/index.json" ], "projects": [ { "path": "/a" } ] }""",
        1,
        ""
    )]
    [InlineData(
        """
            {
              "problems": [ { "level": "error", "text": "No assets file was found for `/a`." } ],
              "sources": [ "https://mirror/v3/index.json" ],
              "projects": [ { "path": "/a" } ]
            }
            """,
        1,
        ": No assets file was found for `/a`."
    )]
    [InlineData(
        """
            {
              "problems": [
                { "level": "warning", "text": "Audit source 'mirror' did not provide any vulnerability data." }
              ],
              "sources": [],
              "projects": [ { "path": "/a" } ]
            }
            """,
        0,
        ": Audit source 'mirror' did not provide any vulnerability data."
    )]
    public void Without_evidence_that_a_source_answered_it_is_unknown(
        string output,
        int exitCode,
        string said
    ) =>
        Read(output, exitCode)
            .Unknown.ShouldBe(
                $"no source gave vulnerability data (dotnet list package, exit code {exitCode}){said}"
            );

    [Fact]
    public void No_project_is_no_evidence() =>
        Read("""{ "projects": [] }""").Unknown.ShouldBe("dotnet listed no project");

    [Fact]
    public async Task Where_no_source_is_configured_nobody_can_know()
    {
        var runner = new Scripted(_ => new CommandResult(0, "packageSources:\n", ""));

        var report = await ScanAsync(runner);

        report.Unknown.ShouldBe("NuGet's configuration names no source: add one to NuGet.Config");
        runner.Ran.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_configuration_in_its_place_lives_as_long_as_the_question()
    {
        string? configuration = null;
        var runner = new Scripted(c =>
        {
            if (c.Arguments[0] == "nuget")
            {
                return new CommandResult(0, Configuration, "");
            }
            configuration = File.ReadAllText(c.Arguments[^1]);
            return new CommandResult(0, Vulnerable, "");
        });

        var report = await ScanAsync(runner);

        report.Unknown.ShouldBeNull();
        configuration.ShouldNotBeNull();
        configuration.ShouldContain("auditSources");
        Directory.GetFiles(sandbox["temporary"]).ShouldBeEmpty();
    }

    public void Dispose() => sandbox.Dispose();

    private Task<ScanReport> ScanAsync(Scripted runner) =>
        NuGetAudit.ScanAsync(runner, "/checkout", "A.sln", sandbox["temporary"], Sandbox.Cancel);

    private static ScanReport Read(string output, int exitCode = 0) =>
        NuGetAuditReport.Read(
            new CommandResult(exitCode, output, ""),
            AuditSources.Parse(Configuration).Asked
        );
}
