using System.Globalization;
using System.Text.RegularExpressions;

namespace TheaIA.Delivery.Oci.Signing.Commands;

/// <summary>Reads <c>cosign version</c>.</summary>
internal static partial class CosignVersion
{
    /// <summary>The version as it names itself: <c>2.5.0</c>, or <c>devel</c> in Debian's build.</summary>
    public static string? Name(string output) =>
        Told().Match(output) is { Success: true } told ? told.Groups["name"].Value : null;

    /// <summary>Its major; null when it does not say.</summary>
    public static int? Major(string? name) =>
        int.TryParse(
            name?.Split('.')[0],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var major
        )
            ? major
            : null;

    [GeneratedRegex(@"^\s*GitVersion:\s*v?(?<name>\S+)", RegexOptions.Multiline)]
    private static partial Regex Told();
}
