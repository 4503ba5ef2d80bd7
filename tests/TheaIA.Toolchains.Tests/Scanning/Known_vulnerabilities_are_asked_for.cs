using TheaIA.Toolchains.Tests.Given;

namespace TheaIA.Toolchains.Tests.Scanning;

/// <summary>The real dotnet, against a source on loopback. Packages come from this machine's own folder.</summary>
public sealed class Known_vulnerabilities_are_asked_for : IDisposable
{
    private const string Known = """
        {
          "cliwrap": [
            { "severity": 2, "url": "https://github.com/advisories/GHSA-aaaa-bbbb-cccc", "versions": "[3.0.0, 4.0.0)" },
            { "severity": 1, "url": "https://github.com/advisories/GHSA-old1-old1-old1", "versions": "[1.0.0, 2.0.0)" }
          ]
        }
        """;

    private readonly AuditedProject project = new();

    [Fact]
    public async Task A_source_with_data_names_what_is_vulnerable()
    {
        using var server = new AuditServer(Known);
        await project.RestoredAsync(AuditedProject.Sources("auditSources", server.Index));

        var report = await project.ScanAsync();

        report.Unknown.ShouldBeNull();
        report.Source.ShouldBe("NuGet audit of 1 project by test");
        report
            .Findings.ShouldHaveSingleItem()
            .ShouldBe(new ScanFinding("GHSA-aaaa-bbbb-cccc", "High", "CliWrap 3.10.5"));
    }

    [Fact]
    public async Task A_source_with_data_about_others_gives_a_pass()
    {
        using var server = new AuditServer("""{ "other": [] }""");
        await project.RestoredAsync(AuditedProject.Sources("auditSources", server.Index));

        var report = await project.ScanAsync();

        (report.Findings.Count, report.Unknown).ShouldBe((0, null));
        server.Asked.ShouldContain("/base.json");
    }

    [Fact]
    public async Task A_package_source_is_asked_as_an_audit_source_where_none_is_named()
    {
        using var server = new AuditServer(Known);
        await project.RestoredAsync(AuditedProject.Sources("packageSources", server.Index));

        var report = await project.ScanAsync();

        report.Findings.ShouldHaveSingleItem().Id.ShouldBe("GHSA-aaaa-bbbb-cccc");
        Directory.GetFiles(project.Temporary).ShouldBeEmpty();
    }

    public void Dispose() => project.Dispose();
}
