using System.Text.Json.Nodes;

namespace TheaIA.Toolchains;

/// <summary>What a nuspec says about the licence.</summary>
/// <param name="Kind"><c>expression</c> or <c>file</c>; empty: it has no such element.</param>
/// <param name="Text">The SPDX expression, or the file's name in the package.</param>
/// <param name="Address">licenseUrl, which older packages have alone; empty: none.</param>
internal sealed record PackageLicense(string Kind, string Text, string Address)
{
    /// <summary>SPDX's word for: nobody says.</summary>
    private const string Nobody = "NOASSERTION";

    /// <summary>What packages with a file have there, for clients that know addresses alone.</summary>
    private const string Deprecated = "https://aka.ms/deprecateLicenseUrl";

    /// <summary>It states one.</summary>
    public bool Stated => Kind is "expression" or "file" || HasAddress;

    /// <summary>A component's licenses, as CycloneDX has them: one licence, or one expression.</summary>
    public JsonArray ToCycloneDx() =>
        [
            (Kind, Text) switch
            {
                ("expression", _) when IsId => Named("id", Text),
                ("expression", "UNLICENSED") => Named("name", Text),
                ("expression", _) => new JsonObject { ["expression"] = Text },
                ("file", _) => Named("name", $"{Text} in the package"),
                _ when HasAddress => Named("name", "at its address", Address),
                _ => Named("name", Nobody),
            },
        ];

    /// <summary>One id of SPDX's list, and neither an expression nor somebody's own.</summary>
    private bool IsId =>
        Text != "UNLICENSED"
        && !Text.StartsWith("LicenseRef-", StringComparison.Ordinal)
        && Text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-');

    private bool HasAddress =>
        Address.Length > 0 && !Address.StartsWith(Deprecated, StringComparison.OrdinalIgnoreCase);

    private static JsonNode Named(string by, string text, string? address = null)
    {
        var license = new JsonObject { [by] = text };
        if (address is not null)
        {
            license["url"] = address;
        }
        return new JsonObject { ["license"] = license };
    }
}
