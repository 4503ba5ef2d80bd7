using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace TheaIA.Components.Tests.House;

/// <summary>The floors again, as the types really use each other.</summary>
public sealed class ArchitectureTests
{
    private static readonly Architecture House = new ArchLoader()
        .LoadAssemblies(
            typeof(Abstractions.Verdict).Assembly,
            typeof(Pipeline.NukeBuild).Assembly,
            typeof(Delivery.Claim).Assembly,
            typeof(Delivery.Oci.Oci).Assembly,
            typeof(Delivery.Local.Local).Assembly,
            typeof(Delivery.Docker.DockerImageBuilder).Assembly,
            typeof(Delivery.Aws.Ecr).Assembly,
            typeof(Toolchains.DotNet).Assembly,
            typeof(Service).Assembly,
            typeof(Front.FrontFile).Assembly
        )
        .Build();

    [Theory]
    [InlineData("TheaIA.Pipeline", "TheaIA.Delivery")]
    [InlineData("TheaIA.Pipeline", "TheaIA.Toolchains")]
    [InlineData("TheaIA.Delivery", "TheaIA.Pipeline")]
    [InlineData("TheaIA.Delivery", "TheaIA.Toolchains")]
    [InlineData("TheaIA.Delivery", "TheaIA.Delivery.Oci")]
    [InlineData("TheaIA.Delivery", "TheaIA.Delivery.Local")]
    [InlineData("TheaIA.Toolchains", "TheaIA.Pipeline")]
    [InlineData("TheaIA.Toolchains", "TheaIA.Delivery")]
    [InlineData("TheaIA.Delivery.Oci", "TheaIA.Pipeline")]
    [InlineData("TheaIA.Delivery.Local", "TheaIA.Pipeline")]
    [InlineData("TheaIA.Delivery.Local", "TheaIA.Delivery.Oci")]
    [InlineData("TheaIA.Components", "TheaIA.Delivery.Oci")]
    [InlineData("TheaIA.Components", "TheaIA.Delivery.Local")]
    [InlineData("TheaIA.Components", "TheaIA.Delivery.Docker")]
    [InlineData("TheaIA.Components", "TheaIA.Delivery.Aws")]
    [InlineData("TheaIA.Delivery.Aws", "TheaIA.Delivery.Oci")]
    [InlineData("TheaIA.Delivery.Docker", "TheaIA.Pipeline")]
    [InlineData("TheaIA.Front", "TheaIA.Delivery")]
    public void A_room_uses_no_type_of_a_room_that_is_not_its_floor(string room, string other)
    {
        var rule = Types()
            .That()
            .ResideInAssembly(Assembly(room))
            .Should()
            .NotDependOnAny(Types().That().ResideInAssembly(Assembly(other)));
        rule.Check(House);
    }

    private static System.Reflection.Assembly Assembly(string name) =>
        System.Reflection.Assembly.Load(name);
}
