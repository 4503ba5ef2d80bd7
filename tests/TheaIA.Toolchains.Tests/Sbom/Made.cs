using TheaIA.Toolchains.Tests.Given;

namespace TheaIA.Toolchains.Tests.Bills;

/// <summary>A published application, a packages folder and what the tool wrote, all made up.</summary>
internal static class Made
{
    public const string Digest =
        "sha256:4be1f0aa9c02aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    public static SbomRequest Request(Sandbox sandbox) =>
        new(
            sandbox.Root,
            "src/App/App.csproj",
            sandbox["publish"],
            sandbox["artifacts"],
            sandbox["temporary"]
        )
        {
            Name = "theaia-api",
            Version = "0.1.0+3f2c1a9",
            Digest = Digest,
            Created = new DateTimeOffset(2026, 11, 24, 14, 2, 0, TimeSpan.FromHours(1)),
        };

    /// <summary>An application with these packages, and a project reference, which is no package.</summary>
    public static void Publish(Sandbox sandbox, params string[] packages)
    {
        var libraries = packages.Select(p =>
            $$"""    "{{p}}": { "type": "package", "serviceable": true, "sha512": "sha512-{{Hash('d')}}", "path": "p" },"""
        );
        sandbox.Write(
            "publish/App.deps.json",
            $$"""
            {
              "targets": {},
              "libraries": {
                {{string.Join('\n', libraries)}}
                "App/1.0.0": { "type": "project", "serviceable": false, "sha512": "" }
              }
            }
            """
        );
        sandbox.Write(
            "publish/App.runtimeconfig.json",
            """
            {
              "runtimeOptions": {
                "frameworks": [
                  { "name": "Microsoft.NETCore.App", "version": "10.0.0" },
                  { "name": "Microsoft.AspNetCore.App", "version": "10.0.0" }
                ]
              }
            }
            """
        );
    }

    /// <summary>A restored package whose nuspec has this in its metadata.</summary>
    public static void Package(Sandbox sandbox, string id, string version, string metadata)
    {
        var folder = $"packages/{id.ToLowerInvariant()}/{version}";
        sandbox.Write(
            $"{folder}/{id.ToLowerInvariant()}.nuspec",
            $"""
            <?xml version="1.0" encoding="utf-8"?>
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata><id>{id}</id>{metadata}</metadata>
            </package>
            """
        );
        sandbox.Write($"{folder}/{id.ToLowerInvariant()}.{version}.nupkg.sha512", Hash('f'));
    }

    /// <summary>64 bytes of one letter in base64.</summary>
    public static string Hash(char letter) =>
        Convert.ToBase64String([.. Enumerable.Repeat((byte)letter, 64)]);

    /// <summary>What the tool writes, with these components.</summary>
    public static string Bill(params string[] components) =>
        $$"""
            {
              "bomFormat": "CycloneDX",
              "specVersion": "1.6",
              "version": 1,
              "metadata": {
                "timestamp": "2026-11-28T21:00:00Z",
                "component": { "type": "application", "bom-ref": "theaia-api@0.1.0+3f2c1a9", "name": "theaia-api", "version": "0.1.0+3f2c1a9" }
              },
              "components": [ {{string.Join(",\n    ", components)}} ],
              "dependencies": [
                { "ref": "theaia-api@0.1.0+3f2c1a9", "dependsOn": [ "pkg:nuget/Two@2.0.0", "pkg:nuget/One@1.0.0" ] },
                { "ref": "pkg:nuget/One@1.0.0" }
              ]
            }
            """;

    public static string Component(string name, string version, string more = "") =>
        $$"""{ "type": "library", "bom-ref": "pkg:nuget/{{name}}@{{version}}", "name": "{{name}}", "version": "{{version}}", "purl": "pkg:nuget/{{name}}@{{version}}"{{more}} }""";
}
