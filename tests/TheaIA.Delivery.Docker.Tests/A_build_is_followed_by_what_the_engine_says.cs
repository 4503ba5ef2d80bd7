using System.Text.Json;
using Docker.DotNet.Models;
using TheaIA.Delivery.Docker.Engine;
using TheaIA.Delivery.Docker.Tests.Given;

namespace TheaIA.Delivery.Docker.Tests;

/// <summary>The words are engine 20.10's, taken from real builds.</summary>
public sealed class A_build_is_followed_by_what_the_engine_says
{
    private const string Result =
        "sha256:fd130b6a574161826b149da896b884f899cc6da9c87ccac2337db6727860f2bb";

    private readonly Progress progress = new();

    [Fact]
    public void Steps_warnings_and_the_image_are_known()
    {
        var transcript = Of(
            "Step 1/3 : ARG BASE_IMAGE",
            "\n",
            "Step 2/3 : FROM ${BASE_IMAGE} AS runtime",
            "\n",
            " ---> a743f90d5488\n",
            "Step 3/3 : LABEL r=$REVISION",
            "\n",
            " ---> [Warning] IPv4 forwarding is disabled. Networking will not work.\n",
            " ---> Running in 4e85b3cb49bb\n",
            "hel",
            "lo\r\nDEPRECATED: this way\n",
            " ---> [Warning] IPv4 forwarding is disabled. Networking will not work.\n",
            " ---> 228aa8739f4a\n"
        );
        transcript.Report(Image(Result));
        transcript.Report(
            new JSONMessage { Stream = "[Warning] One or more build-args [NOPE] were not consumed" }
        );
        transcript.End();

        transcript.Image.ShouldBe(Result);
        transcript.Step.ShouldBe(3);
        transcript.Error.ShouldBeNull();
        transcript.Base.ShouldBe("a743f90d5488");
        transcript.Warnings.ShouldBe([
            "IPv4 forwarding is disabled. Networking will not work.",
            "DEPRECATED: this way",
            "One or more build-args [NOPE] were not consumed",
        ]);
        transcript.Output.ShouldContain("hello");
        progress.Done.ShouldBe([
            "step 1/3: ARG BASE_IMAGE",
            "step 2/3: FROM ${BASE_IMAGE} AS runtime",
            "step 3/3: LABEL r=$REVISION",
        ]);
    }

    [Fact]
    public void A_base_is_seen_through_the_stages_of_the_build()
    {
        var transcript = Of(
            "Step 1/6 : FROM sdk AS publish\n",
            " ---> aaaaaaaaaaaa\n",
            "Step 2/6 : RUN make\n",
            " ---> Using cache\n",
            " ---> bbbbbbbbbbbb\n",
            "Step 3/6 : FROM base AS runtime\n",
            " ---> cccccccccccc\n",
            "Step 4/6 : USER 1000\n",
            " ---> dddddddddddd\n",
            "Step 5/6 : FROM runtime\n",
            " ---> dddddddddddd\n",
            "Step 6/6 : COPY --from=publish /out /app\n",
            " ---> eeeeeeeeeeee\n"
        );

        transcript.Base.ShouldBe("cccccccccccc");
    }

    [Fact]
    public void A_build_on_nothing_has_no_base()
    {
        Of("Step 1/2 : FROM scratch\n", " ---> \n", "Step 2/2 : COPY a /\n", " ---> aaaaaaaaaaaa\n")
            .Base.ShouldBeNull();
        Of("Step 1/1 : ARG A\n", " ---> aaaaaaaaaaaa\n").Base.ShouldBeNull();
        Of().Base.ShouldBeNull();
    }

    [Fact]
    public void What_is_pulled_is_told()
    {
        var transcript = Of();
        transcript.Report(new JSONMessage { Status = "Pulling from base" });
        transcript.Report(new JSONMessage { ID = "3f2c1a9d0b7d", Status = "Pull complete" });
        transcript.Report(
            new JSONMessage
            {
                ID = "3f2c1a9d0b7d",
                Status = "Downloading",
                Progress = new JSONProgress { Current = 12_345_678, Total = 40_000_000 },
            }
        );

        progress.Done.ShouldBe([
            "Pulling from base",
            "3f2c1a9d0b7d: Pull complete",
            "3f2c1a9d0b7d: Downloading 12.3 of 40.0 MB",
        ]);
    }

    [Fact]
    public void Of_a_long_output_the_end_is_kept_and_a_step_begins_anew()
    {
        var transcript = Of([.. Enumerable.Range(1, 30).Select(i => $"line {i}\n")]);

        transcript.Output.ShouldBe(Enumerable.Range(11, 20).Select(i => $"line {i}"));
        transcript.Report(new JSONMessage { Stream = "Step 1/1 : RUN x\n" });
        transcript.Output.ShouldBeEmpty();
    }

    private BuildTranscript Of(params string[] stream)
    {
        var transcript = new BuildTranscript(progress);
        foreach (var piece in stream)
        {
            transcript.Report(new JSONMessage { Stream = piece });
        }
        return transcript;
    }

    private static JSONMessage Image(string id) =>
        new()
        {
            Aux = new ObjectExtensionData
            {
                ExtensionData = new Dictionary<string, object>
                {
                    ["ID"] = JsonSerializer.SerializeToElement(id),
                },
            },
        };
}
