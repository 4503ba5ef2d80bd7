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

    [Theory]
    [InlineData(
        "state",
        "THEAIA_STATE=state is not a full path: each folder would have a state of its own."
    )]
    [InlineData("/dev/null", "THEAIA_STATE=/dev/null is no folder: /dev/null is a file.")]
    [InlineData("/dev/null/x", "THEAIA_STATE=/dev/null/x is no folder: /dev/null is a file.")]
    public void What_can_be_no_folder_of_its_own_is_refused(string own, string sentence)
    {
        var error = Should.Throw<OutcomeException>(() =>
            StateRoot.Find(name => name == "THEAIA_STATE" ? own : null)
        );
        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldBe(sentence);
    }

    [Theory]
    [InlineData("/proc/x")]
    [InlineData("/proc")]
    public void Where_no_folder_can_be_made_or_written_is_refused(string own)
    {
        var error = Should.Throw<OutcomeException>(() =>
            StateRoot.Open(name => name == "THEAIA_STATE" ? own : null)
        );
        error.Outcome.ShouldBe(Outcome.Wrong);
        error.Message.ShouldStartWith($"There is no place for the ledger in {own} (");
        error.Message.ShouldEndWith("): set THEAIA_STATE to a folder that can be written.");
        error.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void A_folder_that_is_not_there_yet_is_made_for_its_owner_alone()
    {
        var above = Directory.CreateTempSubdirectory("theaia-state-");
        var own = Path.Combine(above.FullName, "a", "b");
        StateRoot.Open(name => name == "THEAIA_STATE" ? own : null).ShouldBe(own);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(own)
                .ShouldBe(
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                );
        }
        Directory.GetFileSystemEntries(own).ShouldBeEmpty();
        above.Delete(recursive: true);
    }

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
