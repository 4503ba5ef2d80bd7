using TheaIA.Build.Tests.Given;

namespace TheaIA.Build.Tests;

/// <summary>Deploy, change, deploy, Rollback, and what may go wrong on the way.</summary>
public sealed class A_release_comes_and_goes_back
{
    [Fact]
    public async Task Deploy_change_deploy_rollback_without_a_failed_request()
    {
        await using var place = await Place.MakeAsync();
        var first = await place.DeployAsync("one");
        first.ShouldNotBeEmpty();
        (await place.DigestAsync("127.0.0.1")).ShouldBe(first);
        (await place.DigestAsync("[::1]")).ShouldBe(first);

        var second = "";
        (
            await place.UnderLoadAsync(async () => second = await place.DeployAsync("two"))
        ).ShouldBeEmpty();
        second.ShouldNotBe(first);

        Ran? back = null;
        (
            await place.UnderLoadAsync(async () => back = await place.RunAsync("Rollback"))
        ).ShouldBeEmpty();
        back!.ShouldEndWith(0).Output.ShouldContain("[90 s]");
        (await place.DigestAsync()).ShouldBe(first);
        (await place.RunAsync("Deploy")).ShouldEndWith(3).Error.ShouldContain("Unhold");
        (await place.RunAsync("Rollback")).ShouldEndWith(2);
        place.Services().ShouldBe(1);
    }

    [Fact]
    public async Task A_first_deployment_that_fails_leaves_nothing_running()
    {
        await using var place = await Place.MakeAsync();
        await place.ChangeAsync(
            TinyTemplate.Program(
                atStart: "if (AppDomain.CurrentDomain.FriendlyName == \"TheaIA.Api\")\n{\n    Environment.Exit(3);\n}\n"
            )
        );
        var ran = (await place.RunAsync("Deploy")).ShouldEndWith(4);
        ran.Output.ShouldContain("exit code 3");
        (await place.DigestAsync()).ShouldBeEmpty();
        place.Services().ShouldBe(0);
        (await place.RunAsync("Status")).ShouldEndWith(0).Output.ShouldContain("nothing");
    }

    [Fact]
    public async Task A_broken_release_is_taken_back_within_Deploy()
    {
        await using var place = await Place.MakeAsync();
        var first = await place.DeployReleasedAsync("one");
        await place.ChangeAsync(
            TinyTemplate.Program(
                atStart: "if (AppDomain.CurrentDomain.FriendlyName == \"TheaIA.Api\")\n{\n    Environment.Exit(3);\n}\n"
            )
        );
        Ran? ran = null;
        (
            await place.UnderLoadAsync(async () => ran = await place.RunAsync("Deploy"))
        ).ShouldBeEmpty();
        ran!.ShouldEndWith(4).Output.ShouldContain("exit code 3");
        (await place.DigestAsync()).ShouldBe(first);
        (await place.RunAsync("Recover")).ShouldEndWith(0);
        place.Services().ShouldBe(1);
    }

    [Fact]
    public async Task Two_people_who_roll_back_at_once_go_one_release_back()
    {
        await using var place = await Place.MakeAsync();
        await using var other = await Place.MakeAsync(sameAs: place);
        await place.DeployReleasedAsync("one");
        var second = await place.DeployReleasedAsync("two");
        var third = await place.DeployReleasedAsync("three");
        third.ShouldNotBe(second);
        var both = await Task.WhenAll(place.RunAsync("Rollback"), other.RunAsync("Rollback"));
        both.ShouldAllBe(r => r.ExitCode == 0);
        (await place.DigestAsync()).ShouldBe(second);
        both.Count(r => r.Output.Contains("already", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Of_two_deployments_at_once_one_waits_visibly_and_both_end()
    {
        await using var place = await Place.MakeAsync();
        await using var other = await Place.MakeAsync(sameAs: place);
        var first = await place.DeployReleasedAsync("one");
        var second = await place.DeployReleasedAsync("two");
        var both = await Task.WhenAll(
            place.RunAsync("Deploy", "--release", first),
            other.RunAsync("Deploy", "--release", second)
        );
        both.ShouldAllBe(r => r.ExitCode == 0, string.Join('\n', both.Select(r => r.Output)));
        both.ShouldContain(r => r.Output.Contains("lease", StringComparison.Ordinal));
        place.Services().ShouldBe(1);
        (await place.RunAsync("Status")).ShouldEndWith(0);
    }

    [Fact]
    public async Task A_second_run_in_one_checkout_waits_visibly()
    {
        await using var place = await Place.MakeAsync();
        using var first = place.StartBuilding("Test");
        using var second = place.StartBuilding("Compile");
        var both = await Task.WhenAll(
            first.EndAsync(TimeSpan.FromMinutes(3)),
            second.EndAsync(TimeSpan.FromMinutes(3))
        );
        both.ShouldAllBe(r => r.ExitCode == 0);
        // whichever came second
        both.Count(r =>
                (r.Output + r.Error).Contains(
                    "Another run in this checkout",
                    StringComparison.Ordinal
                )
            )
            .ShouldBe(1);
    }

    [Fact]
    public async Task A_failing_test_and_too_little_coverage_say_no()
    {
        await using var place = await Place.MakeAsync();
        var test = Path.Combine(place.Root, "tests/TheaIA.Api.Tests/AnswersTests.cs");
        var text = await File.ReadAllTextAsync(test, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            test,
            text.Replace("Assert.NotEmpty", "Assert.Empty", StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );
        var failed = (await place.RunAsync("Deploy")).ShouldEndWith(1);
        failed.Output.ShouldContain("1 failed");
        await File.WriteAllTextAsync(test, text, TestContext.Current.CancellationToken);
        var program = Path.Combine(place.Root, "src/TheaIA.Api/Program.cs");
        await File.WriteAllTextAsync(
            program,
            TinyTemplate.Program()
                + $$"""

                /// <summary>Nobody calls it.</summary>
                public static class Unused
                {
                    /// <summary>Nobody.</summary>
                    public static int Count()
                    {
                        var sum = 0;
                {{string.Concat(
                    Enumerable.Range(0, 30).Select(i => $"        sum += {i};\n")
                )}}        return sum;
                    }
                }

                """,
            TestContext.Current.CancellationToken
        );
        var uncovered = (await place.RunAsync("Deploy")).ShouldEndWith(3);
        uncovered.Output.ShouldContain("short");
        uncovered.Output.ShouldContain("src/TheaIA.Api/Program.cs");
        (await place.DigestAsync()).ShouldBeEmpty();
        File.Exists(place.Ledger).ShouldBeFalse();
    }
}
