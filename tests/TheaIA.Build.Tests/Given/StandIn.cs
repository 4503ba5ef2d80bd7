namespace TheaIA.Build.Tests.Given;

/// <summary>A build program that says how it was started.</summary>
internal static class StandIn
{
    public const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <UseAppHost>false</UseAppHost>
            <RunAnalyzers>false</RunAnalyzers>
          </PropertyGroup>
        </Project>
        """;

    public static string Program(string says) =>
        $$"""
            using System.Runtime.InteropServices;
            Console.WriteLine("says={{says}}" + Extra.Text());
            foreach (var argument in args) Console.WriteLine($"<{argument}>");
            foreach (var name in new[] { "NUKE_STARTED", "NUKE_ROOT", "NUKE_PROGRAM", "DOTNET_NOLOGO", "DOTNET_CLI_TELEMETRY_OPTOUT" })
                Console.WriteLine($"{name}={Environment.GetEnvironmentVariable(name)}");
            Console.WriteLine($"folder={Environment.CurrentDirectory}");
            Console.WriteLine($"pid={Environment.ProcessId}");
            if (args is ["which", var program]) Console.WriteLine(program + "=" + Environment.GetEnvironmentVariable("PATH")!.Split((char)58).Select(p => Path.Combine(p, program)).First(File.Exists));
            if (args is ["read"]) Console.WriteLine($"read={Console.In.ReadToEnd()}");
            if (args is ["exit", var code]) return int.Parse(code);
            if (args is ["wait", var file])
            {
                var asked = new ManualResetEventSlim();
                using var end = PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => { c.Cancel = true; asked.Set(); });
                File.WriteAllText(file, "");
                asked.Wait();
                Console.WriteLine("asked to end");
                return 9;
            }
            return 0;
            static partial class Extra { public static string Text() { var text = ""; Add(ref text); return text; } static partial void Add(ref string text); }
            """;

    /// <summary>One more file, whose presence shows in what the program says.</summary>
    public const string Extra =
        "static partial class Extra { static partial void Add(ref string text) => text = \" and more\"; }";
}
