namespace TheaIA.Components.Tests.Loop;

/// <summary>What a release says of itself, on a machine that has neither a registry nor cosign nor gitleaks.</summary>
[Collection(nameof(Checkout))]
public sealed class ReleaseStatementsTests : IAsyncDisposable
{
    private static readonly string[] Signing =
    [
        "--registry",
        "registry.example.com/tiny",
        "--cosign-key",
        "cosign.key",
    ];

    private readonly Checkout _here = new();
    private readonly SignedNotebook _notebook = new();

    public ReleaseStatementsTests()
    {
        LoopBuild.StandIn = _notebook;
        _here.Program(
            "gitleaks",
            """
            #!/bin/sh
            while [ $# -gt 1 ]; do [ "$1" = --report-path ] && echo '[]' >"$2"; shift; done
            """
        );
        _here.Write("README.md", "x\n");
    }

    public ValueTask DisposeAsync() => _here.DisposeAsync();

    [Fact]
    public async Task It_says_what_was_measured_and_is_admitted_by_that()
    {
        (await _here.RunAsync("GenerateWorkflows")).ShouldEndWith(0);
        _here.Commit("readme");

        (await _here.RunAsync(["Release", .. Signing]))
            .ShouldEndWith(0)
            .ShouldSay("signed by cosign.key and verified")
            .ShouldSay($"Released {_here.Head[..7]}: registry.example.com/tiny@sha256:");

        _notebook.Key!.Reference.ShouldBe(Path.Combine(_here.Root, "cosign.key"));
        _notebook.Said.Keys.ShouldBe(
            ["tests", "coverage", "lint", "scan", "vulnerabilities", "sbom", "provenance", "index"],
            ignoreOrder: true
        );
        _notebook.Said["provenance"].Predicate.ShouldContain(_here.Head);
        (
            await _here.RunAsync(
                "Gates",
                "--environment",
                "rehearsal",
                "--trusted-key",
                "cosign.pub",
                "--registry",
                "registry.example.com/tiny"
            )
        )
            .ShouldEndWith(0)
            .ShouldSay("7 of 7 gates passed.");
    }
}
