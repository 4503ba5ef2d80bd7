using System.Text;

namespace TheaIA.Delivery.Tests.Evidence;

/// <summary>verify.sh on folders that somebody changed, also somebody who brings index.json up to it.</summary>
[Trait("Real", "openssl")]
public abstract class TamperedFolder : IDisposable
{
    private protected const string Tests = "statements/05-tests";

    private protected SignedRelease Given { get; } = new();

    private protected string Layer => $"image/blobs/sha256/{Given.Layer[7..]}";

    private protected string Manifest => $"image/blobs/sha256/{Given.What.Digest[7..]}";

    public void Dispose() => Given.Dispose();

    private protected static void ChangePayload(
        VerifiedFolder folder,
        string path,
        string from,
        string to
    ) =>
        folder.Reseal(
            path,
            e =>
            {
                var payload = Encoding.UTF8.GetString(
                    Convert.FromBase64String((string)e["payload"]!)
                );
                payload.ShouldContain(from);
                e["payload"] = Convert.ToBase64String(
                    Encoding.UTF8.GetBytes(payload.Replace(from, to, StringComparison.Ordinal))
                );
            }
        );

    private protected static void AddStatement(
        VerifiedFolder folder,
        string name,
        SignedStatement statement
    )
    {
        var envelope = Envelope.Read(statement.Envelope)!;
        File.WriteAllBytes(folder[$"{name}.dsse.json"], envelope.Write());
        File.WriteAllBytes(folder[$"{name}.json"], ReadableJson.Indent(envelope.Payload));
        folder.Relist();
    }

    private protected async Task FailsAsync(Action<VerifiedFolder> tamper, params string[] words)
    {
        var folder = await FolderAsync();
        tamper(folder);

        var (code, output) = await folder.VerifyAsync();

        code.ShouldBe(1, output);
        output.ShouldContain("\nThis evidence does not hold: ");
        foreach (var word in words)
        {
            output.ShouldContain($"NO    {word}");
        }
    }

    private protected async Task<VerifiedFolder> FolderAsync()
    {
        (await Given.CollectAsync()).Troubles.ShouldBeEmpty();
        return new VerifiedFolder(Given["evidence"]);
    }
}
