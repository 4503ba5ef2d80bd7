using System.Xml;
using System.Xml.Linq;
using TheaIA.Abstractions;

namespace TheaIA.Toolchains;

/// <summary>NuGet's global packages folder: what restored packages say of themselves.</summary>
/// <param name="path">The folder.</param>
internal sealed class PackagesFolder(string path)
{
    /// <summary>SHA-512 of the package file, in hexadecimal digits; else what the application says.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: neither is told.</exception>
    public string Hash(PublishedPackage package)
    {
        var file = Path.Combine(
            Directory(package),
            $"{Id(package)}.{Version(package)}.nupkg.sha512"
        );
        var base64 = File.Exists(file)
            ? File.ReadAllText(file).Trim()
            : package.Hash.Replace("sha512-", "", StringComparison.Ordinal);
        var bytes = new byte[64];
        return
            Convert.TryFromBase64String(base64, bytes, out var written) && written == bytes.Length
            ? Convert.ToHexStringLower(bytes)
            : throw new OutcomeException(
                Outcome.Failed,
                $"The package {package.Name} {package.Version} is in the image and has no SHA-512: "
                    + $"delete {Directory(package)}, then run ./build.sh Restore."
            );
    }

    /// <summary>The licence that the package states.</summary>
    /// <exception cref="OutcomeException"><see cref="Outcome.Failed"/>: the package is not in the folder.</exception>
    public PackageLicense License(PublishedPackage package)
    {
        var file = Path.Combine(Directory(package), $"{Id(package)}.nuspec");
        try
        {
            var metadata = XDocument
                .Load(file)
                .Root?.Elements()
                .FirstOrDefault(e => e.Name.LocalName == "metadata");
            var license = Child(metadata, "license");
            return new PackageLicense(
                (string?)license?.Attribute("type") ?? "",
                license?.Value.Trim() ?? "",
                Child(metadata, "licenseUrl")?.Value.Trim() ?? ""
            );
        }
        catch (Exception missing) when (missing is IOException or XmlException)
        {
            throw new OutcomeException(
                Outcome.Failed,
                $"The package {package.Name} {package.Version} is in the image and not in {path}: "
                    + "run ./build.sh Restore.",
                missing
            );
        }
    }

    private string Directory(PublishedPackage package) =>
        Path.Combine(path, Id(package), Version(package));

    private static string Id(PublishedPackage package) => package.Name.ToLowerInvariant();

    private static string Version(PublishedPackage package) => package.Version.ToLowerInvariant();

    private static XElement? Child(XElement? parent, string name) =>
        parent?.Elements().FirstOrDefault(e => e.Name.LocalName == name);
}
