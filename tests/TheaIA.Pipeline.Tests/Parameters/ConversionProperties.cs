using System.Collections;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using TheaIA.Abstractions;
using Outcome = TheaIA.Abstractions.Outcome;

namespace TheaIA.Pipeline.Tests.Parameters;

public sealed class ConversionProperties
{
    private static readonly string[] Options =
    [
        "timeout",
        "filter",
        "fix",
        "shared",
        "configuration",
        "field",
        "number",
        "small",
        "ratio",
        "color",
        "id",
        "address",
        "folder",
        "size",
        "port",
        "day",
        "names",
        "numbers",
        "unsplit",
        "colors",
        "weights",
    ];

    private static readonly Gen<string> Texts = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Where(s => s is not null),
        ArbMap.Default.GeneratorFor<int>().Select(i => i.ToString()),
        ArbMap.Default.GeneratorFor<double>().Select(d => d.ToString()),
        ArbMap.Default.GeneratorFor<TimeSpan>().Select(t => t.ToString()),
        Gen.Elements(
            "true",
            "9h",
            "1e5",
            "a=1",
            "a=",
            "x,y;z",
            "12:00:00",
            "https://a",
            "\uD800",
            "00000000000000000000m"
        )
    );

    [Property(MaxTest = 600)]
    public Property Any_text_for_any_type_converts_or_is_a_clear_error() =>
        Prop.ForAll(
            Gen.Elements(Options).ToArbitrary(),
            Texts.ToArbitrary(),
            (option, text) =>
            {
                using var reading = new Reading();
                try
                {
                    var service = reading.Read<SampleBuild>($"--{option}={text}");
                    var definition = service.Definitions.Single(d => d.Option == $"--{option}");
                    var value = service.GetValue(definition.Member);

                    service.IsSet(definition.Member).ShouldBe(text.Length > 0);
                    (value is not null).ShouldBe(text.Length > 0);
                    if (value is not null && value is not ICollection)
                    {
                        definition.Type.IsInstanceOfType(value).ShouldBeTrue();
                    }

                    service.Inject(new SampleBuild());
                }
                catch (OutcomeException e)
                {
                    e.Outcome.ShouldBe(Outcome.Wrong);
                    ((e.Details.Count > 0 ? e.Details[0] : null) ?? e.Message).ShouldStartWith(
                        $"--{option} '"
                    );
                    e.Message.ShouldNotContain('\n');
                    e.Message.ShouldNotContain("Exception");
                }
            }
        );

    [Property(MaxTest = 400)]
    public Property Any_parameter_file_is_read_or_is_a_clear_error() =>
        Prop.ForAll(
            (
                from parts in Gen.Elements(
                        "{",
                        "}",
                        "[",
                        "]",
                        ":",
                        ",",
                        "\"",
                        "\"Names\"",
                        "\"Number\"",
                        "1",
                        "null",
                        "true",
                        "\n",
                        " ",
                        "é",
                        "\\u",
                        "\0",
                        "/",
                        "{}"
                    )
                    .ArrayOf()
                from around in Gen.Elements(
                    "{0}",
                    "{{{0}}}",
                    "{{\"Names\":{0}}}",
                    "{{\"Names\":[{0}]}}"
                )
                select string.Format(around, string.Concat(parts))
            ).ToArbitrary(),
            text =>
            {
                using var reading = new Reading();
                reading.Write(".nuke/parameters.json", text);
                try
                {
                    reading.Read<SampleBuild>();
                }
                catch (OutcomeException e)
                {
                    e.Outcome.ShouldBe(Outcome.Wrong);
                    ((e.Details.Count > 0 ? e.Details[0] : null) ?? e.Message).ShouldContain(
                        ".nuke/parameters.json"
                    );
                }
            }
        );

    [Property(MaxTest = 300)]
    public Property Any_command_line_is_read_or_is_a_clear_error() =>
        Prop.ForAll(
            Gen.OneOf(
                    Gen.Elements(EngineOption.All.Select(o => o.Option).ToArray()),
                    Gen.Elements(
                        "Test",
                        "A+B",
                        "-h",
                        "-?",
                        "--",
                        "-",
                        "--fix",
                        "--names",
                        "1/2",
                        "json",
                        "--=x",
                        "=",
                        "",
                        "-5"
                    ),
                    ArbMap.Default.GeneratorFor<string>().Where(s => s is not null)
                )
                .ArrayOf()
                .ToArbitrary(),
            words =>
            {
                using var reading = new Reading();
                try
                {
                    reading.Read<SampleBuild>(words).Options.MaxParallel.ShouldNotBe(0);
                }
                catch (OutcomeException e)
                {
                    e.Outcome.ShouldBe(Outcome.Wrong);
                    e.Message.ShouldNotBeEmpty();
                }
            }
        );
}
