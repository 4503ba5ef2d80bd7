using TheaIA.Abstractions;
using TheaIA.Delivery.Docker.Dockerfiles;
using TheaIA.Delivery.Docker.Tests.Given;

namespace TheaIA.Delivery.Docker.Tests;

public sealed class A_Dockerfile_tells_its_lines
{
    private const string Text = """
        # escape=`
        # a comment
        ARG BASE_IMAGE
        ARG A=1 B="two words" C

        from ${BASE_IMAGE} AS runtime
        RUN one `
            # in between

            two `
            three
          COPY  . /app
        ENTRYPOINT ["dotnet", `
        """;

    [Fact]
    public void Instructions_are_the_engines_steps() =>
        Dockerfile
            .Parse("Dockerfile", Text)
            .Instructions.ShouldBe([
                new Instruction(3, "ARG", "BASE_IMAGE"),
                new Instruction(4, "ARG", "A=1 B=\"two words\" C"),
                new Instruction(6, "FROM", "${BASE_IMAGE} AS runtime"),
                new Instruction(7, "RUN", "one two three"),
                new Instruction(12, "COPY", ". /app"),
                new Instruction(13, "ENTRYPOINT", "[\"dotnet\","),
            ]);

    [Fact]
    public void The_usual_escape_is_a_backslash_and_line_ends_may_be_anybodys()
    {
        var file = Dockerfile.Parse("Dockerfile", "FROM a\r\nRUN x \\\r\n y\r\n\\\r\nCMD z\r\n");

        file.Instructions.ShouldBe([
            new Instruction(1, "FROM", "a"),
            new Instruction(2, "RUN", "x y"),
            new Instruction(4, "CMD", "z"),
        ]);
        file.Line(2).ShouldBe("RUN x \\");
        file.Line(0).ShouldBeNull();
        file.Line(99).ShouldBeNull();
    }

    [Theory]
    [InlineData("BASE_IMAGE", true, true)]
    [InlineData("A", true, false)]
    [InlineData("C", true, true)]
    [InlineData("D", false, false)]
    [InlineData("base_image", false, false)]
    public void Its_args_are_known(string name, bool declares, bool wants)
    {
        var file = Dockerfile.Parse("Dockerfile", Text);

        file.Declares(name).ShouldBe(declares);
        file.Wants(name).ShouldBe(wants);
    }

    [Fact]
    public void It_lies_in_its_context()
    {
        using var workspace = new Workspace();
        workspace.File("api/Dockerfile", "FROM scratch");

        Dockerfile
            .Of(new(workspace["context"], "./api/Dockerfile"))
            .Path.ShouldBe("api/Dockerfile");
        Dockerfile
            .Of(new(workspace["context"], workspace["context/api/Dockerfile"]))
            .Path.ShouldBe("api/Dockerfile");

        var none = Should.Throw<OutcomeException>(() =>
            Dockerfile.Of(new(workspace["context"], "Dockerfile"))
        );
        none.Outcome.ShouldBe(Outcome.Wrong);
        none.Message.ShouldBe(
            $"There is no Dockerfile Dockerfile in {workspace["context"]}: write one, or build without --docker."
        );
        var outside = Should.Throw<OutcomeException>(() =>
            Dockerfile.Of(new(workspace["context/api"], "../Dockerfile"))
        );
        outside.Outcome.ShouldBe(Outcome.Wrong);
        outside.Message.ShouldBe(
            $"{workspace["context/Dockerfile"]} lies outside its build context {workspace["context/api"]}: move it there, or name a context that holds it."
        );
    }
}
