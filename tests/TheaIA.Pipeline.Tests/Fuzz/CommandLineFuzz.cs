using TheaIA.Abstractions;
using TheaIA.Pipeline.Tests.Parameters;

namespace TheaIA.Pipeline.Tests.Fuzz;

/// <summary>Command lines that nobody would type: each is read or refused with a sentence.</summary>
public sealed class CommandLineFuzz
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly string[][] Good =
    [
        ["Test"],
        ["Compile", "Test", "--sequential"],
        ["Test+Compile", "--skip"],
        ["Test", "--skip", "Compile+Restore", "--max-parallel", "2"],
        ["--target", "Test", "--plan", "json"],
        ["--plan"],
        ["--help", "json"],
        ["-h"],
        ["-?"],
        ["--list"],
        ["Test", "--continue", "--no-logo"],
        ["Test", "--verbosity", "quiet"],
        ["Test", "--host", "GitHubActions"],
        ["Test", "--partition", "1/2"],
        ["Test", "--profile", "a", "b"],
        ["Test", "--root", "."],
        ["Test", "--fix", "--filter=x y", "--names", "a", "b,c"],
        ["Test", "--number", "-5", "--ratio", "0.5", "--color", "dark-green"],
        ["Test", "--timeout", "5m", "--id", "6f9619ff-8b86-d011-b42d-00c04fc964ff"],
        ["Test", "--address", "https://example.com/x", "--folder", "../x", "--size", "5M"],
        ["Test", "--weights", "a=1", "b=2", "--day", "2026-11-24", "--port", ":80"],
        ["Test", "--numbers", "1;2", "--colors", "red,darkgreen", "--unsplit", "a,b"],
    ];

    /// <summary>Each option alone, without the search for parameters: fast, so that there are many.</summary>
    [Fact]
    public void Any_value_converts_or_leaves_one_sentence()
    {
        const int Cases = 10_000;
        var parameters = ParameterScan.Of(typeof(SampleBuild));
        foreach (var seed in Mutator.Seeds)
        {
            var mutator = new Mutator(seed);
            for (var i = 0; i < Cases; i++)
            {
                var words = mutator.Words(Good);
                foreach (var option in CommandLine.Parse(words).Options)
                {
                    Converts(parameters, option, $"seed {seed}, case {i}: {Mutator.Shown(words)}");
                }
            }
        }
    }

    [Fact]
    public void Any_words_are_read_or_are_a_clear_error()
    {
        const int Cases = 1_000;
        using var reading = new Reading();
        foreach (var seed in Mutator.Seeds)
        {
            var mutator = new Mutator(seed);
            for (var i = 0; i < Cases; i++)
            {
                var words = mutator.Words(Good);
                IsReadOrRefused(
                    () => reading.Read<SampleBuild>(words).Inject(new SampleBuild()),
                    $"seed {seed}, case {i}: {Mutator.Shown(words)}"
                );
            }
        }
    }

    [Fact]
    public async Task Any_words_run_or_end_with_2()
    {
        const int Cases = 400;
        using var checkout = new Checkout();
        checkout.Write(".nuke/parameters.a.json", "{}");
        checkout.Write(".nuke/parameters.b.json", "{}");
        foreach (var seed in Mutator.Seeds)
        {
            var mutator = new Mutator(seed);
            for (var i = 0; i < Cases; i++)
            {
                var words = mutator.Words(Good);
                // another root is another place on this machine's disk
                if (!Array.Exists(words, w => ParameterName.Key(w).Contains("root", Same)))
                {
                    await EndsAsync(checkout, words, $"seed {seed}, case {i}");
                }
            }
        }
    }

    private static AbsolutePath Here { get; } = GivenValue.WorkingDirectory;

    private const StringComparison Same = StringComparison.OrdinalIgnoreCase;

    private static async Task EndsAsync(Checkout checkout, string[] words, string number)
    {
        var found = $"{number}: {Mutator.Shown(words)}";
        var answer = await checkout.RunAsync<Fuzzed>(words, x => x.Test).WaitAsync(Patience);
        answer.Code.ShouldBeOneOf(0, 2);
        answer.Output.ShouldNotContain("Exception", customMessage: found);
        if (answer.Code == 2)
        {
            answer.Ran.ShouldBe("", found);
            answer.Output.Trim().ShouldNotBeEmpty(found);
        }
    }

    private static void Converts(ParameterSet parameters, GivenOption option, string found)
    {
        var errors = new List<string>();
        var given = new GivenValue(option.Values, GivenValue.CommandLine, Here);
        if (EngineOption.ByKey.TryGetValue(option.Key, out var own))
        {
            var options = EngineOptionReader.Apply(new EngineOptions(), own, given, errors);
            options.MaxParallel.ShouldNotBe(0, found);
        }
        else if (parameters.TryGet(option.Key, out var definition))
        {
            var value = ValueConverter.Convert(definition, given, errors);
            (value is null).ShouldBe(errors.Count > 0, found);
        }

        foreach (var error in errors)
        {
            error.ShouldNotContain('\n', found);
            error.Length.ShouldBeLessThan(400, found);
        }
    }

    internal static void IsReadOrRefused(Action read, string found)
    {
        try
        {
            read();
        }
        catch (OutcomeException refused)
        {
            refused.Outcome.ShouldBe(Outcome.Wrong, found);
            refused.Message.ShouldNotBeEmpty(found);
            refused.Message.ShouldNotContain("Exception", customMessage: found);
        }
        catch (Exception thrown)
        {
            throw new InvalidOperationException(found, thrown);
        }
    }

    public class Fuzzed : TestBuild
    {
        [Parameter]
        readonly int? Number = null;

        [Parameter]
        readonly string[]? Names = null;

        [Parameter]
        readonly bool Fix = false;

        [Parameter]
        readonly TimeSpan? Timeout = null;

        Target Restore => _ => _.Executes(() => Ran(nameof(Restore)));
        Target Compile => _ => _.DependsOn(Restore).Executes(() => Ran(nameof(Compile)));
        public Target Test =>
            _ => _.DependsOn(Compile).Executes(() => Ran($"Test {Number} {Names} {Fix} {Timeout}"));
    }
}
