using TheaIA.Abstractions;
using TheaIA.Delivery.Docker.Dockerfiles;
using TheaIA.Delivery.Docker.Tests.Given;

namespace TheaIA.Delivery.Docker.Tests;

public sealed class Build_args_that_a_Dockerfile_takes : IDisposable
{
    private const string Digest =
        "sha256:4be1f0aa9c023f2c1a9d0b7d2e1c5520e7f31ab4be1f0aa9c0213f2c1a9d0b7d";

    private readonly Workspace workspace = new();

    [Fact]
    public void Are_told_and_others_are_not()
    {
        var request = workspace.Request() with { Source = "https://example.org/theaia.git" };
        var all = Parse("ARG BASE_IMAGE\nARG REVISION VERSION CREATED\nARG SOURCE\nFROM scratch");

        Of(request, all, "base")
            .ShouldBe(
                new Dictionary<string, string>
                {
                    ["BASE_IMAGE"] = "base",
                    ["REVISION"] = Workspace.Commit,
                    ["VERSION"] = "0.1.0+3f2c1a9",
                    ["CREATED"] = "2026-11-24T13:02:00Z",
                    ["SOURCE"] = "https://example.org/theaia.git",
                },
                ignoreOrder: true
            );
        Of(request, Parse("FROM scratch"), "base").ShouldBeEmpty();
        Of(workspace.Request(), Parse("ARG SOURCE\nFROM scratch"), null).ShouldBeEmpty();
    }

    [Fact]
    public void Given_ones_count_and_are_all_passed_on()
    {
        var request = workspace.Request();
        request = request with
        {
            Dockerfile = request.Dockerfile! with
            {
                Arguments = new Dictionary<string, string>
                {
                    ["REVISION"] = "mine",
                    ["OTHER"] = "",
                },
            },
        };

        Of(request, Parse("ARG REVISION\nFROM scratch"), null)
            .ShouldBe(
                new Dictionary<string, string> { ["REVISION"] = "mine", ["OTHER"] = "" },
                ignoreOrder: true
            );
    }

    [Fact]
    public void A_base_image_that_nobody_takes_is_refused()
    {
        var request = workspace.Request() with
        {
            Base = new BaseImage($"base@{Digest}", new Claim("base", Digest), null!),
        };

        var error = Should.Throw<OutcomeException>(() =>
            BuildArguments.Check(request, request.Dockerfile!, Parse("FROM debian"))
        );

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            "api/Dockerfile takes no base image: declare ARG BASE_IMAGE before its FROM, or leave --base-image out."
        );
        BuildArguments.Check(request, request.Dockerfile!, Parse("ARG BASE_IMAGE=debian"));
    }

    [Fact]
    public void And_so_is_none_where_one_is_wanted()
    {
        var request = workspace.Request();
        var wants = Parse("ARG BASE_IMAGE\nFROM ${BASE_IMAGE}");

        var error = Should.Throw<OutcomeException>(() =>
            BuildArguments.Check(request, request.Dockerfile!, wants)
        );

        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            "api/Dockerfile needs a base image: --base-image HOST/REPOSITORY@sha256:..."
        );
        var given = request.Dockerfile! with
        {
            Arguments = new Dictionary<string, string> { ["BASE_IMAGE"] = "debian" },
        };
        BuildArguments.Check(request, given, wants);
        BuildArguments.Check(request, request.Dockerfile!, Parse("ARG BASE_IMAGE=debian"));
    }

    public void Dispose() => workspace.Dispose();

    private static Dockerfile Parse(string text) => Dockerfile.Parse("api/Dockerfile", text);

    private static Dictionary<string, string> Of(
        ImageRequest request,
        Dockerfile dockerfile,
        string? under
    ) => BuildArguments.Of(request, request.Dockerfile!, dockerfile, under);
}
