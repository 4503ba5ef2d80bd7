using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Reporting;

/// <summary>Exceptions whose own members give nothing or throw never lose the failure's line.</summary>
public sealed class ThrownTests
{
    [Fact]
    public void A_message_is_read_as_it_is()
    {
        var thrown = new InvalidOperationException(" went wrong\n");
        Thrown.MessageOf(thrown).ShouldBe(" went wrong\n");
        Thrown.NamedMessageOf(thrown).ShouldBe("InvalidOperationException: went wrong");
        Thrown.TextOf(thrown).ShouldBe("System.InvalidOperationException:  went wrong\n");
    }

    [Fact]
    public void What_caused_it_is_said_too()
    {
        var first = new InvalidOperationException("the cause");
        var thrown = new ArgumentException("wrapped", new FormatException("between", first));
        Thrown
            .NamedMessageOf(thrown)
            .ShouldBe("ArgumentException: wrapped, caused by InvalidOperationException: the cause");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \r\n")]
    [InlineData("throws")]
    public void Without_one_it_is_the_types_name(string? message)
    {
        var thrown = new Odd(message);
        Thrown.MessageOf(thrown).ShouldBe("Odd");
        Thrown.NamedMessageOf(thrown).ShouldBe("Odd");
        Thrown.TextOf(thrown).ShouldContain(typeof(Odd).FullName!);
    }

    [Fact]
    public void A_log_still_gets_the_stack_of_one_that_cannot_say_itself()
    {
        try
        {
            Fail();
        }
        catch (Odd thrown)
        {
            var text = Thrown.TextOf(thrown);
            text.ShouldStartWith($"{typeof(Odd).FullName}: Odd\n");
            text.ShouldContain(nameof(Fail));
        }

        static void Fail() => throw new Odd("throws");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("throws")]
    public void Its_target_has_a_failure_line(string? message) =>
        LineOf(new Odd(message)).ShouldBe("FAIL  Test           0.0 s   Odd\n");

    [Fact]
    public void A_target_that_was_tried_again_says_how_often()
    {
        LineOf(new InvalidOperationException("no"), attempts: 2)
            .ShouldBe(
                "FAIL  Test           0.0 s   after 2 attempts: InvalidOperationException: no\n"
            );
        LineOf(new OutcomeException(Outcome.Failed, "no"), attempts: 1)
            .ShouldBe("FAIL  Test           0.0 s   no\n");
        LineOf(null, attempts: 3).ShouldBe("ok    Test           0.0 s   attempt 3 of 3\n");
        LineOf(null, attempts: 1).ShouldBe("ok    Test           0.0 s\n");
    }

    private static string LineOf(Exception? error, int attempts = 0)
    {
        using var output = new StringWriter();
        var time = new StillTime();
        var mask = new SecretMask();
        using var reporter = new Reporter(
            new PlainScreen(output),
            new Layout([]),
            Verbosity.Normal,
            mask,
            time
        );
        var getter = typeof(string).GetProperty("Length")!.GetMethod!;
        var definition = new TargetDefinition(new object(), getter);
        definition.Retry(3);
        var target = new ExecutableTarget("Test", 0, definition)
        {
            Status = error is null ? ExecutionStatus.Succeeded : ExecutionStatus.Failed,
            Error = error,
            Attempts = attempts,
        };
        using var running = new RunningTarget(
            target,
            reporter,
            new RunFolder("/nowhere", time.GetUtcNow(), 1),
            mask
        );
        reporter.Ended(running);
        return output.ToString();
    }

    private sealed class Odd(string? message) : Exception
    {
        public override string Message =>
            message == "throws" ? throw new InvalidOperationException("no message") : message!;
    }
}
