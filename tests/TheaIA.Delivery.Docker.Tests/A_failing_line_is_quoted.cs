using Docker.DotNet.Models;
using TheaIA.Abstractions;
using TheaIA.Delivery.Docker.Dockerfiles;
using TheaIA.Delivery.Docker.Engine;

namespace TheaIA.Delivery.Docker.Tests;

public sealed class A_failing_line_is_quoted
{
    private static readonly Dockerfile File = Dockerfile.Parse(
        "api/Dockerfile",
        "# the service\nFROM base\nRUN one \\\n  two\n"
    );

    [Fact]
    public void With_its_number_and_what_its_step_said()
    {
        var transcript = new BuildTranscript(progress: null);
        transcript.Report(
            new JSONMessage
            {
                Stream = "Step 2/2 : RUN one   two\n ---> Running in 1\nno such thing\n",
            }
        );

        var error = BuildFailure.OfStep(File, transcript, "returned a non-zero code: 1");

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            "Line 3 of api/Dockerfile did not build (returned a non-zero code: 1): mend it and build again."
        );
        error.Details.ShouldBe(["3 | RUN one \\", " ---> Running in 1", "no such thing"]);
    }

    [Fact]
    public void A_base_image_that_cannot_be_fetched_is_the_engines_to_fetch()
    {
        var transcript = new BuildTranscript(progress: null);
        transcript.Report(new JSONMessage { Stream = "Step 1/2 : FROM base\n" });

        var error = BuildFailure.OfStep(File, transcript, "connection refused");

        error.Message.ShouldBe(
            "Line 2 of api/Dockerfile did not build (connection refused): the engine fetches base images itself, so docker pull must be able to."
        );
        error.Details.ShouldBe(["2 | FROM base"]);
    }

    [Theory]
    [InlineData("dockerfile parse error line 3: unknown instruction: RUNN")]
    [InlineData("dockerfile parse error on line 3: unknown instruction: RUNN")]
    public void As_the_engine_tells_it(string why)
    {
        var error = BuildFailure.OfRefusal(File, why);

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"Line 3 of api/Dockerfile did not build ({why}): mend it and build again."
        );
        error.Details.ShouldBe(["3 | RUN one \\"]);
    }

    [Theory]
    [InlineData("failed to reach build target nope in Dockerfile")]
    [InlineData("something on line 99")]
    public void Or_the_file_alone_where_nobody_knows_the_line(string why)
    {
        var error = BuildFailure.OfStep(File, new BuildTranscript(progress: null), why);

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe($"api/Dockerfile did not build ({why}): mend it and build again.");
        error.Details.ShouldBeEmpty();
    }
}
