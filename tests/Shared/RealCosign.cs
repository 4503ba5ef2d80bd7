using System.Collections.Concurrent;
using System.Diagnostics;

namespace TheaIA.Tests;

/// <summary>The real cosign of one major, and a key pair that it made, in a folder of its own.</summary>
internal sealed class RealCosign : IDisposable
{
    /// <summary>Opens the private key: COSIGN_PASSWORD.</summary>
    public const string Password = "correct-horse";

    private static readonly ConcurrentDictionary<
        (int Major, string Owner),
        Lazy<Task<RealCosign>>
    > Pairs = new();

    private RealCosign(int major)
    {
        Major = major;
        OnPath = Real.Cosign(major);
        Folder = Directory.CreateTempSubdirectory("theaia-keys-").FullName;
    }

    /// <summary>2 or 3.</summary>
    public int Major { get; }

    /// <summary>A folder to put first on PATH, in which `cosign` is that major.</summary>
    public string OnPath { get; }

    public string Folder { get; }

    public string PrivateKey => Path.Combine(Folder, "cosign.key");

    public string PublicKey => Path.Combine(Folder, "cosign.pub");

    /// <summary>A fresh key pair; without that cosign the test is skipped (or fails: see Real).</summary>
    public static async Task<RealCosign> NewAsync(int major = 2)
    {
        var made = new RealCosign(major);
        try
        {
            var (exitCode, output) = await made.RunAsync("generate-key-pair");
            exitCode.ShouldBe(0, output);
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <summary>
    /// A key pair that is made once for each of these in this process and goes with it: for tests that
    /// only use it, and neither dispose of it nor write to its folder.
    /// </summary>
    /// <param name="major">2 or 3.</param>
    /// <param name="owner">Whose it is; another owner's is another key.</param>
    public static Task<RealCosign> OfAsync(int major, string owner = "ours") =>
        Pairs.GetOrAdd((major, owner), k => new(() => KeptAsync(k.Major))).Value;

    /// <summary>Runs cosign itself in the folder of the keys, with their password; both outputs in one.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var process = Process.Start(
            new ProcessStartInfo(Path.Combine(OnPath, "cosign"), arguments)
            {
                WorkingDirectory = Folder,
                Environment = { ["COSIGN_PASSWORD"] = Password },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var error = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, await output + await error);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static async Task<RealCosign> KeptAsync(int major)
    {
        var made = await NewAsync(major);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => made.Dispose();
        return made;
    }
}
