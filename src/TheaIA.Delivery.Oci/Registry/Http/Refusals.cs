using System.Net;
using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Registry.Access;

namespace TheaIA.Delivery.Oci.Registry.Http;

/// <summary>One sentence for each thing that a registry does not do.</summary>
/// <param name="host">How a person names it.</param>
internal sealed class Refusals(string host)
{
    /// <summary>It failed in passing, too long.</summary>
    public OutcomeException GaveUp(string what, PassingException last, int tries) =>
        new(
            Outcome.Failed,
            last.Answered
                ? $"{host} failed {tries} times at {what} ({last.Message}): look into its log, then try again."
                : $"{host} does not answer ({last.Message}), asked {tries} times for {what}: see that it runs and that --registry names it, then try again.",
            last
        );

    /// <summary>It answered with something that is no success.</summary>
    public OutcomeException Refused(string what, Answer answer)
    {
        var said = answer.Error?.ToString() ?? $"{(int)answer.Status}";
        return answer.Status switch
        {
            _ when answer.Error is { IsFull: true } => Failed(
                $"{host} has no space left for {what} ({said}): free some there, then try again."
            ),
            HttpStatusCode.Unauthorized => Unauthorized(what, said, answer.Tried),
            HttpStatusCode.Forbidden => Forbidden(what, said, answer.Tried),
            HttpStatusCode.NotFound when answer.Error?.Code == "NAME_UNKNOWN" => Failed(
                $"{host} knows no such repository, asked for {what} ({said}): make it there, or look at --registry."
            ),
            _ => Failed(
                $"{host} refused {what} ({said}): its log says more; mend that, then try again."
            ),
        };
    }

    /// <summary>A redirect that is not followed.</summary>
    public OutcomeException Astray(string what, Uri to) =>
        Failed(
            $"{host} sends whoever asks for {what} round in circles or out of TLS, to {to.Scheme}://{to.Authority}: mend the registry's address, then try again."
        );

    /// <summary>What it says about a digest is not so.</summary>
    public OutcomeException Lies(string what, string said, string found) =>
        Failed(
            $"{host} says that {what} is {said}, and it is {found}: do not deploy from it before somebody knows why."
        );

    /// <summary>It took something and has not got it.</summary>
    public OutcomeException Forgets(string what) =>
        Failed($"{host} took {what} and does not have it: look into its log, then try again.");

    /// <summary>An answer that does not follow the distribution API.</summary>
    public OutcomeException Strange(string what, string why, Exception? inner = null) =>
        new(
            Outcome.Failed,
            $"{host} answers strangely about {what} ({why}): see that --registry names an OCI registry.",
            inner
        );

    private OutcomeException Unauthorized(string what, string said, Login? tried) =>
        Failed(
            tried is null
                ? $"{host} wants a login for {what} ({said}), and none is known here: docker login {host}, then try again."
                : $"{host} refused the login of {tried.User} from {tried.Source} for {what} ({said}): docker login {host}, then try again."
        );

    private OutcomeException Forbidden(string what, string said, Login? tried) =>
        Failed(
            tried is null
                ? $"{host} denies {what} to whoever is not logged in ({said}): docker login {host}, then try again."
                : $"{host} denies {what} to {tried.User}, the login from {tried.Source} ({said}): ask for the right to it, or docker login {host} as somebody who has it."
        );

    private static OutcomeException Failed(string sentence) => new(Outcome.Failed, sentence);
}
