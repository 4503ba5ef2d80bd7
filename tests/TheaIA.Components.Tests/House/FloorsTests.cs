using System.Xml.Linq;

namespace TheaIA.Components.Tests.House;

/// <summary>The floors of docs/architecture.md, read from the project files that make them true.</summary>
public sealed class FloorsTests
{
    private static readonly Dictionary<string, string[]> Floors = new(StringComparer.Ordinal)
    {
        ["TheaIA.Abstractions"] = [],
        ["TheaIA.Pipeline"] = ["TheaIA.Abstractions"],
        ["TheaIA.Delivery"] = ["TheaIA.Abstractions"],
        ["TheaIA.Toolchains"] = ["TheaIA.Abstractions"],
        ["TheaIA.Delivery.Oci"] = ["TheaIA.Delivery"],
        ["TheaIA.Delivery.Docker"] = ["TheaIA.Delivery.Oci"],
        ["TheaIA.Delivery.Aws"] = ["TheaIA.Delivery"],
        ["TheaIA.Delivery.Local"] = ["TheaIA.Delivery", "TheaIA.Front"],
        ["TheaIA.Components"] = ["TheaIA.Delivery", "TheaIA.Pipeline", "TheaIA.Toolchains"],
        ["TheaIA.Front"] = [],
        ["TheaIA.Api"] = [],
        ["_build"] =
        [
            "TheaIA.Components",
            "TheaIA.Delivery.Aws",
            "TheaIA.Delivery.Docker",
            "TheaIA.Delivery.Local",
            "TheaIA.Delivery.Oci",
        ],
    };

    public static TheoryData<string> Rooms => [.. Floors.Keys];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_refers_to_its_floors_alone(string room) =>
        References(room).ShouldBe(Floors[room], ignoreOrder: true);

    [Fact]
    public void Every_room_has_a_floor() =>
        Directory
            .GetDirectories(Path.Combine(Repository.Root, "src"))
            .Select(d => Path.GetFileName(d)!)
            .Append("_build")
            .ShouldBe(Floors.Keys, ignoreOrder: true);

    [Fact]
    public void Every_room_has_a_test_project() =>
        Floors
            .Keys.Where(r => r != "_build")
            .ShouldAllBe(r =>
                File.Exists(
                    Path.Combine(Repository.Root, "tests", r + ".Tests", r + ".Tests.csproj")
                )
            );

    [Fact]
    public void The_solution_is_a_classic_one_and_holds_every_project()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "TheaIA.sln"));
        foreach (var folder in (string[])["src", "tests", "build"])
        {
            foreach (
                var project in Directory.GetFiles(
                    Path.Combine(Repository.Root, folder),
                    "*.csproj",
                    SearchOption.AllDirectories
                )
            )
            {
                solution.ShouldContain(Path.GetFileName(project));
            }
        }
    }

    [Fact]
    public void The_abstractions_are_at_most_ten_types() =>
        typeof(Abstractions.Verdict)
            .Assembly.GetExportedTypes()
            .Length.ShouldBeLessThanOrEqualTo(10);

    private static IEnumerable<string> References(string room)
    {
        var project =
            room == "_build"
                ? Path.Combine(Repository.Root, "build", "_build.csproj")
                : Path.Combine(Repository.Root, "src", room, room + ".csproj");
        return XDocument
            .Load(project)
            .Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value));
    }
}
