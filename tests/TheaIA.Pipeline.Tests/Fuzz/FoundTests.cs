using TheaIA.Pipeline.Tests.Parameters;

namespace TheaIA.Pipeline.Tests.Fuzz;

/// <summary>What the fuzzers found, kept.</summary>
public sealed class FoundTests
{
    /// <summary>It was half a dictionary, with the error beside it: --help would have gone on with it.</summary>
    [Fact]
    public void A_dictionary_with_one_bad_word_is_no_value()
    {
        var parameters = ParameterScan.Of(typeof(SampleBuild));
        parameters.TryGet("weights", out var weights).ShouldBeTrue();
        var errors = new List<string>();
        var given = new GivenValue(
            ["a=1", "Test"],
            GivenValue.CommandLine,
            GivenValue.WorkingDirectory
        );
        ValueConverter.Convert(weights, given, errors).ShouldBeNull();
        errors.ShouldHaveSingleItem().ShouldStartWith("--weights 'Test' is not KEY=VALUE");
    }
}
