using TheaIA.Abstractions;

namespace TheaIA.Delivery;

/// <summary>How a release did: measured, or it never came up.</summary>
internal sealed record Trial(Verification? Verification, NotUpException? NotUp)
{
    /// <summary>It came up and was not measured bad.</summary>
    public bool Stands => NotUp is null && Verification!.Verdict != Verdict.Fail;

    /// <summary>What is wrong with it, to be put behind its name.</summary>
    public string Why => NotUp?.Message ?? $"was measured bad: {Verification!.Culprits}";

    /// <summary>Applies a permit and measures. Whatever else ends it, the open intent is closed first.</summary>
    public static async Task<Trial> RunAsync(
        Session session,
        Permit permit,
        TimeSpan bake,
        CancellationToken cancel
    )
    {
        try
        {
            await session.ApplyAsync(permit, cancel);
            return new Trial(await session.VerifyAsync(permit.What.Digest, bake, cancel), null);
        }
        catch (NotUpException e)
        {
            return new Trial(null, e);
        }
        catch
        {
            await new Recovery(session).CloseAsync(earlier: false, CancellationToken.None);
            throw;
        }
    }
}
