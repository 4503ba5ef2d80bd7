using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TheaIA.Delivery.Tests.World;

namespace TheaIA.Delivery.Tests.AdmissionRules;

/// <summary>What a colleague in a hurry could try. None of it compiles, or none of it opens.</summary>
public sealed class ForgedPermitTests
{
    private static readonly IReadOnlyList<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(p => MetadataReference.CreateFromFile(p)),
    ];

    [Theory]
    // its constructors are private
    [InlineData("new Permit.Forward(release, place, null)", "CS1729 CS0122")]
    [InlineData("new Permit.Back(release, place, null)", "CS1729 CS0122")]
    // and it is abstract
    [InlineData("new Permit()", "CS0144 CS1729 CS0122")]
    // what makes it is internal, and asks for the checks itself
    [InlineData(
        "Permit.Forward.Earn(null!, null!, release, null, null!, null!, null!)",
        "CS0117 CS0122"
    )]
    [InlineData("Permit.Back.Earn(null!, \"\", null)", "CS0117 CS0122")]
    // no record: `with` copies nothing
    [InlineData("permit with { }", "CS8858")]
    [InlineData("permit with { Release = release }", "CS8858 CS0200")]
    public void When_one_is_made_by_hand_it_does_not_compile(string expression, string errors)
    {
        var found = Errors(
            $"public class Forger {{ public object Try(Permit.Forward permit, Release release, Place place) => {expression}; }}"
        );

        found.ShouldNotBeEmpty();
        errors.Split(' ').ShouldContain(found[0]);
    }

    [Theory]
    [InlineData("public class Forged : Permit { }")]
    [InlineData("public class Forged : Permit { public Forged() : base(null!, null!, null) { } }")]
    [InlineData("public class Forged : Permit.Forward { }")]
    [InlineData("public class Forged : Permit.Back { }")]
    [InlineData(
        "public class Forger { public void Try(Permit permit) => permit.Release = null!; }"
    )]
    public void When_one_is_derived_or_changed_it_does_not_compile(string source) =>
        Errors(source).ShouldNotBeEmpty();

    [Fact]
    public void When_code_only_uses_a_permit_it_compiles() =>
        Errors("public class Honest { public string Say(Permit permit) => permit.What.Digest; }")
            .ShouldBeEmpty();

    [Theory]
    [InlineData(typeof(Permit))]
    [InlineData(typeof(Permit.Forward))]
    [InlineData(typeof(Permit.Back))]
    public void When_one_is_read_from_JSON_it_throws(Type type) =>
        Should.Throw<NotSupportedException>(() =>
            JsonSerializer.Deserialize("""{"Release":null,"Where":null,"InsteadOf":null}""", type)
        );

    [Fact]
    public async Task When_it_is_the_default_it_is_null_and_opens_nothing()
    {
        var world = new TestWorld();
        var permit = default(Permit.Forward);

        await Should.ThrowAsync<ArgumentNullException>(() =>
            new TestPlatform(world, new Life(1)).ApplyAsync(
                permit!,
                null!,
                new TestProgress(),
                CancellationToken.None
            )
        );
    }

    [Theory]
    [InlineData(typeof(Permit))]
    [InlineData(typeof(Permit.Forward))]
    [InlineData(typeof(Permit.Back))]
    public void When_its_shape_is_looked_at_nothing_makes_one_from_outside(Type type)
    {
        type.IsValueType.ShouldBeFalse();
        type.GetMethod("<Clone>$").ShouldBeNull();
        type.GetConstructors().ShouldBeEmpty();
        type.GetProperties().ShouldAllBe(p => !p.CanWrite);
    }

    [Fact]
    public void When_the_ledger_knows_no_way_back_no_permit_is_earned()
    {
        var world = new TestWorld();

        Should
            .Throw<InvalidOperationException>(() =>
                Permit.Back.Earn(world.History, TestWorld.Release("aaaaaa1").What.Digest, null)
            )
            .Message.ShouldBe(
                "The ledger of theaia-api in development knows no way back to sha256:aaaaaa1aaaaa."
            );
    }

    private static List<string> Errors(string source)
    {
        var tree = CSharpSyntaxTree.ParseText(
            "using TheaIA.Delivery;\n#nullable enable\n" + source
        );
        return
        [
            .. CSharpCompilation
                .Create(
                    "Forger",
                    [tree],
                    References,
                    new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
                )
                .GetDiagnostics()
                .Where(d => d.Severity == DiagnosticSeverity.Error)
                .Select(d => d.Id),
        ];
    }
}
