using TheaIA.Abstractions;

namespace TheaIA.Delivery.Tests.Attestations;

/// <summary>A bill of materials is evidence when it lists what is in the image.</summary>
public sealed class SbomTests
{
    [Theory]
    [InlineData("", "", "", Verdict.Unknown, "has no list of components")]
    [InlineData(""" "components": null, """, "", "", Verdict.Unknown, "has no list of components")]
    [InlineData(
        """ "components": [], """,
        "",
        "0 packages",
        Verdict.Unknown,
        "lists 0 of at least 1"
    )]
    [InlineData(
        """ "components": [], """,
        "2",
        "0 packages",
        Verdict.Unknown,
        "lists 0 of at least 2"
    )]
    [InlineData(
        """ "components": [ { "name": "A" }, { "name": "B", "scope": "excluded" } ], """,
        "2",
        "1 package",
        Verdict.Unknown,
        "lists 1 of at least 2"
    )]
    [InlineData(""" "components": [ { "name": "A" } ], """, "1", "1 package", Verdict.Pass, null)]
    [InlineData(""" "components": [ { "name": "A" } ], """, "", "1 package", Verdict.Pass, null)]
    [InlineData(""" "components": [], """, "0", "0 packages", Verdict.Pass, null)]
    public void It_lists_what_was_counted_in_the_image(
        string components,
        string packages,
        string value,
        Verdict verdict,
        string? doubt
    )
    {
        var counted =
            packages.Length > 0
                ? $$""", { "name": "theaia:packages", "value": "{{packages}}" }"""
                : "";
        var check = Given.Read(
            PredicateTypes.CycloneDx,
            $$"""
            {
              {{components}}
              "bomFormat": "CycloneDX",
              "metadata": {
                "properties": [ { "name": "theaia:commit", "value": "{{Given.Commit}}" }{{counted}} ]
              }
            }
            """
        );

        (check.Verdict, check.Value).ShouldBe((verdict, value));
        check.Source.ShouldBe(Given.Attested + (doubt is null ? "" : $", but it {doubt}"));
    }
}
