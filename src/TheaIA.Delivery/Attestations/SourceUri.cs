using System.Text.RegularExpressions;

namespace TheaIA.Delivery;

/// <summary>A git remote as a URI that anybody may read.</summary>
internal static partial class SourceUri
{
    /// <summary>
    /// The remote as SPDX and SLSA write it: <c>git+https://host/owner/name</c>; without what a person
    /// logs in with. Null: it is a folder of this machine, or no address.
    /// </summary>
    public static string? Of(string? remote)
    {
        var address = (remote ?? "").Trim();
        if (ScpLike().Match(address) is { Success: true } scp)
        {
            address = $"ssh://{scp.Groups["host"].Value}/{scp.Groups["path"].Value}";
        }
        return
            Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && uri.Scheme is "https" or "http" or "ssh" or "git"
            && uri.Host.Length > 0
            ? "git+" + uri.GetComponents(Shown, UriFormat.UriEscaped)
            : null;
    }

    private const UriComponents Shown =
        UriComponents.Scheme | UriComponents.Host | UriComponents.Port | UriComponents.Path;

    // a host of one letter is a drive of Windows
    [GeneratedRegex(@"^(?:[^@/\\\s:]+@)?(?<host>[^@/\\\s:]{2,}):(?!/)(?<path>\S+)$")]
    private static partial Regex ScpLike();
}
