using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.IO;

public sealed class AssertTests
{
    [Fact]
    public void What_holds_is_let_through()
    {
        string? text = "x";
        int? number = 3;

        Assert.True(text.Length == 1);
        Assert.False(text.Length == 2);
        text.NotNull().ShouldBe("x");
        number.NotNull().ShouldBe(3);
        text.NotNullOrEmpty().ShouldBe("x");
        text.NotNullOrWhiteSpace().ShouldBe("x");
        Assert.NotEmpty([1]);
        Assert.Empty(Array.Empty<int>());
        Assert.HasSingleItem([1]);
        Assert.Count([1, 2], 2);
    }

    [Fact]
    public void What_does_not_hold_is_quoted()
    {
        string? none = null;
        int? nothing = null;
        var (empty, blank) = ("", " ");
        int[] two = [1, 2];
        int[] zero = [];

        Message(() => Assert.True(two.Length == 3)).ShouldBe("two.Length == 3 is false.");
        Message(() => Assert.False(two.Length == 2)).ShouldBe("two.Length == 2 is true.");
        Message(() => none.NotNull()).ShouldBe("none is null.");
        Message(() => nothing.NotNull()).ShouldBe("nothing is null.");
        Message(() => none.NotNullOrEmpty()).ShouldBe("none is null.");
        Message(() => empty.NotNullOrEmpty()).ShouldBe("empty is empty.");
        Message(() => none.NotNullOrWhiteSpace()).ShouldBe("none is null.");
        Message(() => blank.NotNullOrWhiteSpace()).ShouldBe("blank is blank.");
        Message(() => Assert.NotEmpty(zero)).ShouldBe("zero is empty.");
        Message(() => Assert.Empty(two)).ShouldBe("two holds 2, not 0.");
        Message(() => Assert.HasSingleItem(two)).ShouldBe("two holds 2, not 1.");
        Message(() => Assert.Count(two, 3)).ShouldBe("two holds 2, not 3.");
    }

    [Fact]
    public void A_message_of_ones_own_is_said_instead()
    {
        string? none = null;

        Message(() => Assert.True(1 > 2, "No.")).ShouldBe("No.");
        Message(() => none.NotNull("No.")).ShouldBe("No.");
        Message(() => Assert.FileExists(none, "No.")).ShouldBe("No.");
    }

    [Fact]
    public void Fail_ends_the_target_with_its_cause()
    {
        var cause = new IOException("disk");

        var error = Should.Throw<OutcomeException>(() => Assert.Fail("No.", cause));

        (error.Message, error.Outcome, error.InnerException).ShouldBe(
            ("No.", Outcome.Failed, cause)
        );
    }

    private static string Message(Action action) => Should.Throw<OutcomeException>(action).Message;
}
