namespace TheaIA.Pipeline.Tests.Definition;

/// <summary>
/// Requires takes members of each kind of nullness. That this compiles is the test: a nullable warning
/// is an error here.
/// </summary>
public sealed class NullableRequirementTests
{
    [Fact]
    public async Task A_nullable_member_may_be_required()
    {
        using var checkout = new Checkout();
        var answer = await checkout.RunAsync<Build>("Deploy");
        answer.Code.ShouldBe(2);
        answer.FirstLine.ShouldBe("Deploy needs 3 parameters that are not set:");
        (
            await checkout.RunAsync<Build>("Deploy --token t --count 1 --files a --place here")
        ).Ran.ShouldBe("deploy");
    }

    public class Build : TestBuild
    {
        [Parameter]
        string? Token { get; set; }

        [Parameter]
        string Place { get; set; } = "here";

        [Parameter]
        int? Count { get; set; }

        [Parameter]
        string[]? Files { get; set; }

        Target Deploy =>
            _ =>
                _.Requires(() => Token)
                    .Requires(() => Token, () => Place)
                    .Requires(() => Count)
                    .Requires(() => Files)
                    .Requires(() => Place)
                    .Requires(() => Place.Length > 0)
                    .Executes(() => Ran("deploy"));
    }
}
