using System.Net.Http.Headers;
using TheaIA.Delivery.Oci.Registry.Http;

namespace TheaIA.Delivery.Oci.Registry.Access;

/// <summary>
/// Which pass goes with a request, and what to do when it is refused. Requests that are refused at the
/// same time may each get a new one: that costs a request, and disturbs nobody.
/// </summary>
internal sealed class Passes(LoginSearch logins, Tokens tokens, TimeProvider time)
{
    private readonly Lock guard = new();
    private readonly Dictionary<AccessScope, Pass> tokenPasses = [];
    private Pass? basic;
    private Login? last;

    /// <summary>The pass that is good for this; null when none is known.</summary>
    public Pass? For(AccessScope scope)
    {
        lock (guard)
        {
            var pass = tokenPasses.GetValueOrDefault(scope) ?? basic;
            return pass?.Until < time.GetUtcNow() ? null : pass;
        }
    }

    /// <summary>Gets another pass after a request was refused.</summary>
    /// <param name="scope">What it needs.</param>
    /// <param name="headers">How the registry wants to be logged in to.</param>
    /// <param name="refused">What the request carried. Null: nothing.</param>
    /// <param name="cancel">Ends the search.</param>
    public async Task<Renewal> RenewAsync(
        AccessScope scope,
        HttpResponseHeaders headers,
        Pass? refused,
        CancellationToken cancel
    )
    {
        var challenge = Challenge.Of(headers);
        var login = refused is null or { WasAccepted: true, IsToken: true }
            ? refused?.Login ?? last ?? await logins.FirstAsync(cancel)
            : await NextAsync(refused.Login, cancel);
        if (login is null && refused is not null and not { WasAccepted: true, IsToken: true })
        {
            return new Renewal(false, refused.Login, null);
        }
        if (challenge is { IsBearer: true })
        {
            return await TokenAsync(scope, challenge, login, cancel);
        }
        // a registry that says 403 for a login that ended sends no challenge with it
        if (login is null || challenge is null && refused is null)
        {
            return new Renewal(false, login, null);
        }
        Keep(pass => basic = pass, new Pass(login.Basic(), login));
        return new Renewal(true, login, null);
    }

    private async Task<Renewal> TokenAsync(
        AccessScope scope,
        Challenge challenge,
        Login? login,
        CancellationToken cancel
    )
    {
        while (true)
        {
            var (pass, refusal) = await tokens.GetAsync(challenge, scope, login, cancel);
            if (pass is not null)
            {
                Keep(p => tokenPasses[scope] = p, pass);
                return new Renewal(true, login, null);
            }
            var next = await NextAsync(login, cancel);
            if (next is null)
            {
                return new Renewal(false, login, refusal);
            }
            login = next;
        }
    }

    private Task<Login?> NextAsync(Login? refused, CancellationToken cancel) =>
        refused is null ? Task.FromResult<Login?>(null) : logins.AfterAsync(refused, cancel);

    private void Keep(Action<Pass> keep, Pass pass)
    {
        lock (guard)
        {
            last = pass.Login;
            keep(pass);
        }
    }
}

/// <summary>What came of asking for another pass.</summary>
/// <param name="Again">There is one: ask the registry again.</param>
/// <param name="Tried">The last login that was tried. Null: none is known.</param>
/// <param name="Error">What the token server says about it. Null: it was not asked, or gave one.</param>
internal sealed record Renewal(bool Again, Login? Tried, ErrorText? Error);
