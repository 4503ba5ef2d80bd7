using TheaIA.Abstractions;
using TheaIA.Delivery.Local.Platform;
using TheaIA.Delivery.Local.Tests.Support;

namespace TheaIA.Delivery.Local.Tests;

public class VerifyTests
{
    [Fact]
    public async Task An_error_in_the_log_is_measured_bad()
    {
        await using var place = new TestPlace();
        var release = await place.DeployNewAsync("error-line");
        var checks = await place.Platform.VerifyAsync(
            TestPlace.Where,
            release.What.Digest,
            Run.Cancel
        );
        checks[3].Verdict.ShouldBe(Verdict.Fail);
        checks[3].Value.ShouldBe("1 error line in the log: lost the database");
        checks[3].Source.ShouldBe(place.Folder.LogOf(1));
        checks[3].Digest.ShouldBe(release.What.Digest);
    }

    [Fact]
    public async Task Another_digest_than_the_wanted_one_is_measured_bad()
    {
        await using var place = new TestPlace();
        var release = await place.DeployNewAsync("one");
        var other = "sha256:" + new string('0', 64);
        var checks = await place.Platform.VerifyAsync(TestPlace.Where, other, Run.Cancel);
        checks[0].Verdict.ShouldBe(Verdict.Fail);
        checks[0].Value.ShouldBe($"tells the digest {release.What.Digest}");
        checks[0].Source.ShouldBe($"http://127.0.0.1:{place.Port}/version");
    }

    [Fact]
    public async Task A_digest_that_is_told_by_a_process_from_elsewhere_is_measured_bad()
    {
        await using var place = new TestPlace();
        var release = await place.DeployNewAsync("one");
        await File.WriteAllTextAsync(place.Folder.PidOf(1), $"{Environment.ProcessId}", Run.Cancel);
        var checks = await place.Platform.VerifyAsync(
            TestPlace.Where,
            release.What.Digest,
            Run.Cancel
        );
        checks[0].Verdict.ShouldBe(Verdict.Fail);
        checks[0].Value.ShouldBe("its process does not run from this digest's folder");
    }

    [Fact]
    public async Task Where_nothing_answers_only_ready_is_measured()
    {
        await using var place = new TestPlace();
        var checks = await place.Platform.VerifyAsync(TestPlace.Where, "sha256:1", Run.Cancel);
        checks
            .Select(c => $"{c.Gate} {c.Verdict} {c.Value}")
            .Take(3)
            .ShouldBe([
                "digest Unknown GET /version was not answered",
                "ready Fail GET /health/ready was not answered",
                "metrics Unknown GET /metrics was not answered",
            ]);
        checks[3].Verdict.ShouldBe(Verdict.Unknown);
        checks[3].Value.ShouldStartWith("the log cannot be read: ");
    }

    [Theory]
    [InlineData("text only\n", Verdict.Unknown, "the log has no structured line")]
    [InlineData("", Verdict.Unknown, "the log has no structured line")]
    [InlineData("{torn\n", Verdict.Unknown, "the log has no structured line")]
    [InlineData("{\"@t\":\"1\",\"@l\":\"Warning\"}\ntext Error\n", Verdict.Pass, "log clean")]
    [InlineData(
        "{\"@l\":\"Fatal\",\"@m\":\"gone\"}\n{\"@l\":\"Error\"}\n",
        Verdict.Fail,
        "2 error lines in the log: gone"
    )]
    [InlineData(
        "{\"@l\":\"Error\"}\n",
        Verdict.Fail,
        "1 error line in the log: {\"@l\":\"Error\"}"
    )]
    public async Task A_log_is_judged_by_its_structured_lines(
        string text,
        Verdict verdict,
        string value
    )
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, text, Run.Cancel);
        ServiceLog.Judge(file).ShouldBe((verdict, value));
        File.Delete(file);
    }

    [Theory]
    [InlineData(0, Verdict.Pass, "0 requests failed")]
    [InlineData(1, Verdict.Unknown, "1 request failed")]
    [InlineData(2, Verdict.Unknown, "2 requests failed")]
    public void A_request_that_the_switch_failed_is_no_pass(
        int failed,
        Verdict verdict,
        string value
    )
    {
        var check = Verification.Requests("sha256:1", failed);
        check.Verdict.ShouldBe(verdict);
        check.Value.ShouldBe(value);
    }

    [Theory]
    [InlineData("up 1\n", 1)]
    [InlineData("up{a=\"b c\"} 1.5e3 1700000000\r\ndown NaN\n", 2)]
    [InlineData("# TYPE up gauge\n", 0)]
    [InlineData("<html>404 1</html>\n", 0)]
    [InlineData("", 0)]
    public void Samples_are_lines_of_the_prometheus_text_format(string text, int samples)
    {
        Told.Samples(new Answer(200, text)).ShouldBe(samples);
        Told.Samples(new Answer(500, text)).ShouldBe(0);
    }

    [Theory]
    [InlineData("no-digest", 0, "tells no digest")]
    [InlineData("no-samples", 2, "/metrics has no samples")]
    [InlineData("no-metrics", 2, "GET /metrics answered 404")]
    public async Task What_does_not_answer_as_it_should_is_measured_bad(
        string mode,
        int check,
        string value
    )
    {
        await using var place = new TestPlace();
        var release = await place.DeployNewAsync("later");
        await File.WriteAllTextAsync(Path.Combine(place.Folder.Data, "mode"), mode, Run.Cancel);
        var checks = await place.Platform.VerifyAsync(
            TestPlace.Where,
            release.What.Digest,
            Run.Cancel
        );
        checks[check].Verdict.ShouldBe(Verdict.Fail);
        checks[check].Value.ShouldBe(value);
    }
}
