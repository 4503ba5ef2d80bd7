using System.Security.Cryptography;

// make FOLDER: a layout of one image with 500 MB that nothing compresses, and its digest
// push FOLDER DIGEST HOST/REPOSITORY STATE: sends it as ./build.sh Push does, and tells its peak memory
internal static class Push
{
    private const int Megabytes = 500;

    public static async Task Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["make", var folder]:
                Console.WriteLine(await MakeAsync(folder));
                break;
            case ["push", var folder, var digest, var repository, var state]:
                var release = new Release(new Claim(repository, digest), "", "");
                await Oci.RegistryAt(repository, state).PushAsync(folder, release, default);
                Console.WriteLine(
                    File.ReadLines("/proc/self/status")
                        .First(l => l.StartsWith("VmHWM", StringComparison.Ordinal))
                );
                break;
        }
    }

    private static async Task<string> MakeAsync(string folder)
    {
        var application = Directory.CreateDirectory(folder + "-files").FullName;
        await using (var file = File.Create(Path.Combine(application, "App.dll")))
        {
            var block = new byte[1_000_000];
            for (var i = 0; i < Megabytes; i++)
            {
                RandomNumberGenerator.Fill(block);
                await file.WriteAsync(block);
            }
        }
        var built = await Oci.Builder.BuildAsync(
            new("app", application, "App.dll", new string('0', 40), "1", DateTimeOffset.UnixEpoch),
            folder,
            default
        );
        Directory.Delete(application, recursive: true);
        return built.Release.What.Digest;
    }
}
