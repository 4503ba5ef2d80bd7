using TheaIA.Tests;
using TheaIA.Toolchains.Tests.Given;

namespace TheaIA.Toolchains.Tests.Scanning;

[Trait("Real", "gitleaks")]
public sealed class Secrets_in_a_folder_are_found : IDisposable
{
    private const string Layer = "the layer sha256:4be1f0aa9c02";
    private readonly Checkout checkout = new();

    [Fact]
    public async Task By_file_and_line()
    {
        var secret = Begin();

        var report = await ScanAsync();

        report.Source.ShouldBe($"gitleaks over 2 files of {Layer}");
        report.Unknown.ShouldBeNull();
        var finding = report.Findings.ShouldHaveSingleItem();
        finding.ShouldBe(
            new ScanFinding(
                "app/conf/settings.json:aws-access-token:2",
                "High",
                "app/conf/settings.json:2 (aws-access-token)"
            )
        );
        $"{report} {finding}".ShouldNotContain(secret);
        Directory.GetFiles(checkout.Temporary).ShouldBeEmpty();
    }

    [Fact]
    public async Task None_where_there_is_none()
    {
        Begin();
        checkout.Write("layer/app/conf/settings.json", "{}\n");

        var report = await ScanAsync();

        (report.Findings.Count, report.Unknown).ShouldBe((0, null));
    }

    [Fact]
    public async Task Whatever_rules_the_folder_itself_brings()
    {
        Begin();
        checkout.Write("layer/.gitleaks.toml", "[allowlist]\npaths = ['''.*''']\n");

        (await ScanAsync()).Findings.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Exceptions_that_the_folder_itself_brings_make_it_unknown()
    {
        Begin();
        checkout.Write("layer/.gitleaksignore", "app/conf/settings.json:aws-access-token:2\n");

        (await ScanAsync()).Unknown.ShouldBe(
            "it has a .gitleaksignore of its own, which would hide what it names"
        );
    }

    [Fact]
    public async Task But_not_those_that_the_checkout_ignores()
    {
        Begin();
        checkout.Write("repository/.gitleaksignore", "app/conf/settings.json:aws-access-token:2\n");

        var report = await ScanAsync();

        (report.Findings.Count, report.Unknown).ShouldBe((0, null));
    }

    [Fact]
    public async Task By_the_rules_of_the_checkout()
    {
        Begin();
        checkout.Write(
            "repository/.gitleaks.toml",
            "[extend]\nuseDefault = true\n[allowlist]\npaths = ['''^app/conf/''']\n"
        );

        var report = await ScanAsync();

        (report.Findings.Count, report.Unknown).ShouldBe((0, null));
        File.Exists(Path.Combine(checkout.Root, ".gitleaks.toml")).ShouldBeTrue();
    }

    [Fact]
    public async Task An_empty_folder_is_no_evidence()
    {
        Real.Need("gitleaks");
        Directory.CreateDirectory(checkout.At("layer/app"));
        checkout.Write("layer/empty", "");

        (await ScanAsync()).Unknown.ShouldBe("there is no file in it");
    }

    public void Dispose() => checkout.Dispose();

    private string Begin()
    {
        Real.Need("gitleaks");
        Directory.CreateDirectory(checkout.Root);
        var secret = Checkout.Secret();
        checkout.Write("layer/app/conf/settings.json", $"{{\n  \"key\": \"{secret}\"\n}}\n");
        checkout.Write("layer/app/read.me", "nothing to see\n");
        return secret;
    }

    private Task<ScanReport> ScanAsync() =>
        checkout.Scan.FolderAsync(checkout.At("layer"), Layer, Checkout.Cancel);
}
