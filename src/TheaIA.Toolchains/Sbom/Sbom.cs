using TheaIA.Abstractions;

namespace TheaIA.Toolchains;

/// <summary>Makes an image's bill of materials, offline.</summary>
public static class Sbom
{
    /// <summary>Runs the CycloneDX tool and completes what it writes.</summary>
    /// <param name="runner">Runs dotnet.</param>
    /// <param name="request">What the bill is made of.</param>
    /// <param name="cancel">Ends the tool.</param>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: the tool is not restored; <see cref="Outcome.Failed"/>: a package of the
    /// image is not in the bill, or not in the packages folder; the tool failed.
    /// </exception>
    public static async Task<SbomResult> MakeAsync(
        IRunner runner,
        SbomRequest request,
        CancellationToken cancel
    )
    {
        var application = PublishedApplication.Read(request.PublishDirectory);
        var locals = CycloneDx.Locals(request.Root);
        var told = (await runner.RunAsync(locals, cancel: cancel)).OrThrow(locals);
        var packages =
            CycloneDx.PackagesFolder(told.Output)
            ?? throw new OutcomeException(
                Outcome.Failed,
                $"`{locals}` names no packages folder: mend NuGet.Config, then run this again."
            );

        var output = Path.Combine(
            Path.GetFullPath(request.TemporaryDirectory),
            $"sbom-{Path.GetRandomFileName()}"
        );
        Directory.CreateDirectory(output);
        try
        {
            var command = CycloneDx.Bom(request, packages, output);
            var made = await runner.RunAsync(command, cancel: cancel);
            if (
                made.ExitCode != 0
                && $"{made.Output}{made.Error}".Contains(
                    "dotnet tool restore",
                    StringComparison.Ordinal
                )
            )
            {
                throw new OutcomeException(
                    Outcome.Wrong,
                    "The CycloneDX tool is not here: dotnet tool restore brings it."
                );
            }
            made.OrThrow(command);
            var file = Path.Combine(output, CycloneDx.FileName);
            return SbomCompletion.Complete(
                File.Exists(file) ? await File.ReadAllTextAsync(file, cancel) : "",
                request,
                application,
                new PackagesFolder(packages)
            );
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }
}
