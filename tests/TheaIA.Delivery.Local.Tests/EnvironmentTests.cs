using TheaIA.Delivery.Local.Tests.Support;

namespace TheaIA.Delivery.Local.Tests;

public class EnvironmentTests
{
    [Fact]
    public void It_forgives_unless_told_otherwise_and_is_on_this_machine()
    {
        var development = Local.Environment("development", 8123);
        development.Name.ShouldBe("development");
        development.Address.ShouldBe("http://localhost:8123");
        development.Policy.ShouldBe(Policy.Forgive);
        development.OnThisMachine.ShouldBeTrue();
        Local.Environment("rehearsal", 8124, Policy.Strict).Policy.ShouldBe(Policy.Strict);
    }

    [Fact]
    public async Task Its_store_and_platform_lie_in_the_state_of_the_context()
    {
        await using var place = new TestPlace();
        var environment = Local.Environment("development", place.Port);
        var context = new DeliveryContext(place.State, place.Registry, TimeProvider.System)
        {
            Port = 8125,
        };
        environment.Platform!(context).Address.ShouldBe("http://localhost:8125");
        environment
            .State!(context)
            .WhereIs(TestPlace.Where)
            .ShouldBe(Path.Combine(place.State, "ledger", "tiny-api", "development.jsonl"));
    }
}
