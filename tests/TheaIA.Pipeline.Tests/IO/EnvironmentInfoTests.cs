using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.IO;

public sealed class EnvironmentInfoTests
{
    [Fact]
    public void It_is_one_system() =>
        new[] { EnvironmentInfo.IsWin, EnvironmentInfo.IsOsx, EnvironmentInfo.IsLinux }
            .Count(x => x)
            .ShouldBe(1);

    [Fact]
    public void Linux_and_macOS_are_Unix()
    {
        EnvironmentInfo.IsUnix.ShouldBe(!EnvironmentInfo.IsWin);
        EnvironmentInfo.IsArm64.ShouldBe(
            System.Runtime.InteropServices.RuntimeInformation.OSArchitecture
                == System.Runtime.InteropServices.Architecture.Arm64
        );
    }

    [Fact]
    public void A_variable_has_a_type_when_one_asks_for_it()
    {
        Environment.SetEnvironmentVariable("THEAIA_TEST_TIME", "1m30s");
        Environment.SetEnvironmentVariable("THEAIA_TEST_NONE", null);

        EnvironmentInfo.GetVariable("THEAIA_TEST_TIME").ShouldBe("1m30s");
        EnvironmentInfo.GetVariable("THEAIA_TEST_NONE").ShouldBeNull();
        EnvironmentInfo
            .GetVariable<TimeSpan>("THEAIA_TEST_TIME")
            .ShouldBe(TimeSpan.FromSeconds(90));
        EnvironmentInfo.GetVariable<int?>("THEAIA_TEST_NONE").ShouldBeNull();
    }

    [Fact]
    public void A_variable_that_does_not_convert_is_an_error()
    {
        Environment.SetEnvironmentVariable("THEAIA_TEST_SOON", "soon");

        Should
            .Throw<OutcomeException>(() =>
                EnvironmentInfo.GetVariable<TimeSpan>("THEAIA_TEST_SOON")
            )
            .Message.ShouldBe(
                "THEAIA_TEST_SOON 'soon' is not a duration (30s, 5m, 00:01:30). From the environment variable THEAIA_TEST_SOON."
            );
        Should
            .Throw<OutcomeException>(() => EnvironmentInfo.GetVariable<Stream>("THEAIA_TEST_SOON"))
            .Message.ShouldBe(
                "No text converts to the type Stream: give it a static Parse(string) or a TypeConverter."
            );
    }

    [Fact]
    public void ForEach_goes_through_in_order()
    {
        var seen = new List<string>();

        new[] { "a", "b" }.ForEach(seen.Add);
        new[] { "a", "b" }.ForEach((x, i) => seen.Add($"{i}{x}"));

        seen.ShouldBe(["a", "b", "0a", "1b"]);
    }
}
