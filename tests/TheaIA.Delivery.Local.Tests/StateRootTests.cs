using TheaIA.Abstractions;

namespace TheaIA.Delivery.Local.Tests;

public class StateRootTests
{
    [Theory]
    [InlineData("/state", "/xdg", "/home/me", "/state")]
    [InlineData("", "/xdg", "/home/me", "/xdg/theaia")]
    [InlineData(null, "relative", "/home/me", "/home/me/.local/state/theaia")]
    [InlineData(null, null, "/home/me", "/home/me/.local/state/theaia")]
    public void It_is_the_first_variable_that_says_something(
        string? own,
        string? xdg,
        string? home,
        string expected
    ) =>
        StateRoot
            .Find(name =>
                name switch
                {
                    "THEAIA_STATE" => own,
                    "XDG_STATE_HOME" => xdg,
                    "HOME" => home,
                    _ => null,
                }
            )
            .ShouldBe(expected);

    [Fact]
    public void When_nothing_says_where_it_asks_for_a_folder()
    {
        var error = Should.Throw<OutcomeException>(() => StateRoot.Find(_ => null));
        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(
            "Neither THEAIA_STATE nor HOME is set, so there is no place for the ledger: set THEAIA_STATE to a folder."
        );
    }
}
