using TheaIA.Abstractions;
using TheaIA.Delivery.Oci.Signing.Commands;
using TheaIA.Delivery.Oci.Signing.Reading;
using TheaIA.Delivery.Oci.Signing.Trust;

namespace TheaIA.Delivery.Oci.Signing;

/// <summary>Signs and attests by cosign; what it wrote is read back and judged as a stranger's would be.</summary>
/// <param name="cosign">Runs it.</param>
/// <param name="opening">Opens the key.</param>
/// <param name="book">Reads what lies there.</param>
internal sealed class CosignSigner(CosignProgram cosign, KeyOpening opening, StatementBook book)
    : ISigner
{
    /// <inheritdoc/>
    public async Task CheckAsync(CancellationToken cancel)
    {
        book.Demand();
        await opening.OpenAsync(cancel);
    }

    /// <inheritdoc/>
    public async Task<bool> SignAsync(Claim what, CancellationToken cancel)
    {
        book.Demand();
        var key = await opening.OpenAsync(cancel);
        if (Signature(await book.ReadAsync(what, [key.Party], cancel)) is not null)
        {
            return false;
        }
        var tool = await cosign.ToolAsync(cancel);
        var result = await cosign.RunPatientlyAsync(
            CosignCommands.Sign(tool, key.Key, what),
            cancel
        );
        if (result.ExitCode != 0)
        {
            throw CosignErrors.Registry("sign", what, result);
        }
        var after = await book.ReadAsync(what, [key.Party], cancel);
        if (Signature(after) is null)
        {
            throw Forgotten("signature", what, after.Where(j => j.Statement.IsSignature));
        }
        await VerifyAsync(key, what, cancel);
        return true;
    }

    /// <inheritdoc/>
    public async Task<int> AttestAsync(
        Release release,
        IReadOnlyList<Attestation> statements,
        IProgressReport progress,
        CancellationToken cancel
    )
    {
        book.Demand();
        var what = release.What;
        var key = await opening.OpenAsync(cancel);
        var before = await book.ReadAsync(what, [key.Party], cancel);
        var missing = statements.Where(s => !SameStatement.IsThere(release, s, before)).ToList();
        foreach (var statement in missing)
        {
            cancel.ThrowIfCancellationRequested();
            progress.Doing($"attesting {statement.Gate}");
            await AttestAsync(key.Key, what, statement, before, cancel);
        }
        if (missing.Count == 0)
        {
            return 0;
        }
        progress.Doing("verifying what was attested");
        var after = await book.ReadAsync(what, [key.Party], cancel);
        var made = SameStatement.Added(before, after);
        if (missing.Find(s => !SameStatement.IsThere(release, s, made)) is { } lost)
        {
            throw Forgotten(
                $"attestation of {lost.Gate}",
                what,
                after.Where(j => j.Statement.PredicateType == lost.PredicateType)
            );
        }
        return missing.Count;
    }

    /// <inheritdoc/>
    public async Task<Attested> AttestedAsync(Release release, CancellationToken cancel)
    {
        book.Demand();
        var key = await opening.OpenAsync(cancel);
        return AttestedReport.Of(release, await book.ReadAsync(release.What, [key.Party], cancel));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SignedStatement>> StatementsAsync(
        Claim what,
        CancellationToken cancel
    )
    {
        book.Demand();
        var key = await opening.OpenAsync(cancel);
        var judged = await book.ReadAsync(what, [key.Party], cancel);
        return [.. judged.Select(j => j.Told())];
    }

    private async Task AttestAsync(
        SigningKey key,
        Claim what,
        Attestation statement,
        IReadOnlyList<Judged> before,
        CancellationToken cancel
    )
    {
        var tool = await cosign.ToolAsync(cancel);
        var file = await cosign.WriteAsync("predicate.json", statement.Predicate, cancel);
        try
        {
            var result = await cosign.RunPatientlyAsync(
                CosignCommands.Attest(
                    tool,
                    key,
                    what,
                    statement.PredicateType,
                    file,
                    replace: tool.Major == 2 && MayReplace(before, statement.PredicateType)
                ),
                cancel
            );
            if (result.ExitCode != 0)
            {
                throw CosignErrors.Registry($"attest {statement.Gate} of", what, result);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>
    /// cosign drops all statements of the type, whoever signed them: another key's fail must not go with them.
    /// And it reads every other one first, so that a damaged one stops it.
    /// </summary>
    private static bool MayReplace(IReadOnlyList<Judged> before, string predicateType)
    {
        var attached = before.Where(j => !j.Statement.IsSignature && !j.Statement.Bundled).ToList();
        return attached.TrueForAll(j => j.Statement.Damage is null)
            && attached
                .Where(j => j.Statement.PredicateType == predicateType)
                .All(j => j.KeyName is not null);
    }

    /// <summary>cosign itself must take it: others verify by nothing else.</summary>
    private async Task VerifyAsync(OpenedKey key, Claim what, CancellationToken cancel)
    {
        if (key.PublicKeyFile is null)
        {
            return; // by an identity, cosign verified it while it was read
        }
        var result = await cosign.RunPatientlyAsync(
            CosignCommands.Verify(key.PublicKeyFile, what),
            cancel
        );
        var told =
            result.ExitCode == 0
            && Identities
                .Claims(result.Output)
                .Any(c =>
                    c.Part("critical")?.Part("image")?.Text("docker-manifest-digest") == what.Digest
                );
        if (!told)
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"cosign does not take the signature of {what.Short} that it made ({CosignErrors.Reason(result)}): ./build.sh Sign tries it again."
            );
        }
    }

    private static Judged? Signature(IEnumerable<Judged> judged) =>
        judged.FirstOrDefault(j => j.Statement.IsSignature && j.Counts);

    private static OutcomeException Forgotten(string thing, Claim what, IEnumerable<Judged> instead)
    {
        var damage = instead.Select(j => j.Statement.Damage).FirstOrDefault(d => d is not null);
        return new OutcomeException(
            Outcome.Failed,
            damage is null
                ? $"{what.Host()} forgot the {thing} for {what.Short} that it had just taken: ./build.sh Release makes it again."
                : $"{what.Host()} keeps the {thing} for {what.Short} damaged ({damage}): delete that blob in its storage, then ./build.sh Release makes it again."
        );
    }
}
