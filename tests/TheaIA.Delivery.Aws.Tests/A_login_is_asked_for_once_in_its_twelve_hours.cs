using TheaIA.Abstractions;
using TheaIA.Delivery.Aws.Tests.Given;

namespace TheaIA.Delivery.Aws.Tests;

public sealed class A_login_is_asked_for_once_in_its_twelve_hours : IDisposable
{
    private const string Call = "get-login-password";

    private readonly StandInAws aws = new();

    [Fact]
    public async Task The_user_is_AWS_and_the_password_is_what_the_CLI_prints()
    {
        aws.Answers(Call, "eyJ3aXRoIjoi\n");

        var login = await aws.Ecr.LoginAsync(StandInAws.Host, StandInAws.Cancel);

        login.User.ShouldBe("AWS");
        login.Password.Reveal().ShouldBe("eyJ3aXRoIjoi");
        aws.Calls(Call)[0].ShouldContain("eu-west-1");
    }

    [Fact]
    public async Task The_password_is_nowhere_but_in_its_secret()
    {
        aws.Answers(Call, "eyJ3aXRoIjoi\n");

        var login = await aws.Ecr.LoginAsync(StandInAws.Host, StandInAws.Cancel);

        login.ToString().ShouldNotContain("eyJ3");
        aws.Runner.Log.ShouldNotBeEmpty();
        aws.Runner.Log.ShouldAllBe(l => !l.Contains("eyJ3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_kept_for_11_and_a_half_hours()
    {
        aws.Answers(Call, "first").Answers(Call, "second");
        var ecr = aws.Ecr;

        (await PasswordAsync(ecr)).ShouldBe("first");
        aws.Time.Skip(TimeSpan.FromHours(11.4));
        (await PasswordAsync(ecr)).ShouldBe("first");
        aws.Time.Skip(TimeSpan.FromHours(0.2));
        (await PasswordAsync(ecr)).ShouldBe("second");

        aws.Calls(Call).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Each_host_has_its_own()
    {
        aws.Answers(Call, "first").Answers(Call, "second");
        var ecr = aws.Ecr;
        const string other = "210987654321.dkr.ecr.eu-west-1.amazonaws.com";

        (await PasswordAsync(ecr)).ShouldBe("first");
        (await PasswordAsync(ecr, other)).ShouldBe("second");
        (await PasswordAsync(ecr)).ShouldBe("first");
    }

    [Fact]
    public async Task One_that_failed_is_asked_for_again_and_leaves_nothing()
    {
        aws.Fails(Call, "Unable to locate credentials. You can run \"aws configure\".")
            .Answers(Call, "good");
        var ecr = aws.Ecr;

        await Should.ThrowAsync<OutcomeException>(PasswordAsync(ecr));

        (await PasswordAsync(ecr)).ShouldBe("good");
    }

    [Fact]
    public async Task No_password_is_no_login()
    {
        aws.Answers(Call, "\n");

        var error = await Should.ThrowAsync<OutcomeException>(PasswordAsync(aws.Ecr));

        error.Outcome.ShouldBe(Outcome.Failed);
        error.Message.ShouldBe(
            $"aws ecr get-login-password gave no password for {StandInAws.Host}: run it by hand with --debug."
        );
    }

    [Fact]
    public async Task It_can_be_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(
            aws.Ecr.LoginAsync(StandInAws.Host, cancel.Token)
        );
    }

    public void Dispose() => aws.Dispose();

    private static async Task<string> PasswordAsync(
        IRegistryHost ecr,
        string host = StandInAws.Host
    ) => (await ecr.LoginAsync(host, StandInAws.Cancel)).Password.Reveal();
}
