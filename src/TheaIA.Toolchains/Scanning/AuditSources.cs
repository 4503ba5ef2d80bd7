using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TheaIA.Toolchains;

/// <summary>
/// Where NuGet asks for known vulnerabilities. Only of audit sources is it told which had data (NU1905); of
/// package sources <c>dotnet list package</c> keeps silent, and shows nothing as if there was nothing.
/// </summary>
/// <param name="Audit">The audit sources of the configuration.</param>
/// <param name="Packages">The package sources of the configuration that are not disabled.</param>
public sealed partial record AuditSources(
    IReadOnlyList<NuGetSource> Audit,
    IReadOnlyList<NuGetSource> Packages
)
{
    /// <summary>Those that are asked: the audit sources, else the package sources as such.</summary>
    public IReadOnlyList<NuGetSource> Asked => Audit.Count > 0 ? Audit : Packages;

    /// <summary>Reads the output of <see cref="NuGetAudit.Configuration"/>.</summary>
    /// <param name="output">Its standard output.</param>
    public static AuditSources Parse(string output)
    {
        var sections = new Dictionary<string, List<NuGetSource>>(StringComparer.Ordinal);
        List<NuGetSource> current = [];
        foreach (var line in output.Split('\n').Select(l => l.TrimEnd()))
        {
            if (Section().Match(line) is { Success: true } section)
            {
                current = sections[section.Groups[1].Value] = [];
            }
            else if (Entry().IsMatch(line))
            {
                current.Add(
                    new NuGetSource(
                        Attribute()
                            .Matches(line)
                            .DistinctBy(a => a.Groups[1].Value, StringComparer.Ordinal)
                            .ToDictionary(
                                a => a.Groups[1].Value,
                                a => a.Groups[2].Value,
                                StringComparer.Ordinal
                            )
                    )
                );
            }
        }
        var disabled = Of("disabledPackageSources")
            .Where(d => string.Equals(d.Address, "true", StringComparison.OrdinalIgnoreCase))
            .Select(d => d.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new AuditSources(
            Of("auditSources"),
            [.. Of("packageSources").Where(s => !disabled.Contains(s.Name))]
        );

        IReadOnlyList<NuGetSource> Of(string section) =>
            [
                .. (sections.GetValueOrDefault(section) ?? []).Where(s =>
                    s.Name.Length > 0 && s.Address.Length > 0
                ),
            ];
    }

    /// <summary>
    /// A NuGet.Config with the asked sources as audit sources, and nothing else: <c>dotnet list package</c>
    /// then tells those as its sources that gave data, and no others. It takes no credentials along: a
    /// source that wants a name and password is not reachable, which is said.
    /// </summary>
    public string Configuration() =>
        new XElement(
            "configuration",
            new XElement("packageSources", new XElement("clear")),
            new XElement(
                "auditSources",
                new XElement("clear"),
                Asked.Select(s => new XElement(
                    "add",
                    s.Attributes.Select(a => new XAttribute(a.Key, a.Value))
                ))
            )
        ).ToString();

    [GeneratedRegex(@"^(\w+):$")]
    private static partial Regex Section();

    [GeneratedRegex(@"^\s+add\s")]
    private static partial Regex Entry();

    [GeneratedRegex(@"(\w+)=""([^""]*)""")]
    private static partial Regex Attribute();
}

/// <summary>A source as NuGet.Config has it.</summary>
/// <param name="Attributes">All that is said of it, in order: key, value, protocolVersion.</param>
public sealed record NuGetSource(IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>Its name.</summary>
    public string Name => Attributes.GetValueOrDefault("key") ?? "";

    /// <summary>Its address.</summary>
    public string Address => Attributes.GetValueOrDefault("value") ?? "";
}
