using System.Text.Json;
using TheaIA.Abstractions;
using TheaIA.Delivery;

namespace TheaIA.Components.Tests.Loop;

/// <summary>Signs by noting down: what a release says of itself, without a registry and without cosign.</summary>
internal sealed class SignedNotebook : ISigning, ISigner, IAttestations
{
    private readonly Dictionary<string, Attestation> _said = new(StringComparer.Ordinal);
    private bool _signed;

    public IReadOnlyDictionary<string, Attestation> Said => _said;

    public SigningKey? Key { get; private set; }

    public ISigner SignerWith(SigningKey key, SigningTools tools)
    {
        Key = key;
        return this;
    }

    public IAttestations TrustedBy(IReadOnlyList<TrustedKey> keys, SigningTools tools) => this;

    public IStatements StatementsBy(IReadOnlyList<TrustedKey> keys, SigningTools tools) => this;

    public Task CheckAsync(CancellationToken cancel) => Task.CompletedTask;

    public Task<bool> SignAsync(Claim what, CancellationToken cancel)
    {
        var fresh = !_signed;
        _signed = true;
        return Task.FromResult(fresh);
    }

    public Task<int> AttestAsync(
        Release release,
        IReadOnlyList<Attestation> statements,
        IProgressReport progress,
        CancellationToken cancel
    ) => Task.FromResult(statements.Count(s => _said.TryAdd(s.Gate, s)));

    public Task<Attested> AttestedAsync(Release release, CancellationToken cancel)
    {
        var checks = new List<Check>
        {
            new(
                "signature",
                release.What.Digest,
                _signed ? Verdict.Pass : Verdict.Unknown,
                "noted"
            ),
        };
        foreach (var said in _said.Values)
        {
            using var json = JsonDocument.Parse(said.Predicate);
            if (Predicates.Read(release, said.PredicateType, json.RootElement) is { } check)
            {
                checks.Add(check);
            }
        }
        return Task.FromResult(new Attested(checks));
    }

    public Task<IReadOnlyList<SignedStatement>> StatementsAsync(
        Claim what,
        CancellationToken cancel
    ) => Task.FromResult<IReadOnlyList<SignedStatement>>([]);
}
