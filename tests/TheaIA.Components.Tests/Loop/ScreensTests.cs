using System.Text.RegularExpressions;

namespace TheaIA.Components.Tests.Loop;

/// <summary>What a person sees, screen by screen, with times and digests made equal.</summary>
[Collection(nameof(Checkout))]
public sealed partial class ScreensTests : IAsyncDisposable
{
    private readonly Checkout _here = new();
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public ValueTask DisposeAsync() => _here.DisposeAsync();

    [Fact]
    public async Task The_screens_read_as_they_did()
    {
        var screens = new List<string>();
        async Task ShowAsync(string title, params string[] arguments) =>
            screens.Add(
                $"## {title}\n{Equal(await _here.RunAsync([.. arguments, .. OneByOne(arguments)]))}"
            );

        await _here.RunAsync("GenerateWorkflows");
        Name(_here.Commit("workflow"), "1111111");
        await ShowAsync("the first deployment", "Deploy");
        await ShowAsync("again, with nothing changed", "Deploy");
        _here.Write("src/TinyService/mode", "another\n");
        Name(_here.Commit("another"), "2222222");
        await ShowAsync("a change", "Deploy");
        await ShowAsync("Status", "Status");
        await ShowAsync("Rollback", "Rollback");
        await ShowAsync("the digest that was left is held", "Deploy");
        await ShowAsync("nothing to go back to", "Rollback");
        await ShowAsync("Gates", "Gates");
        _here.Write("src/TinyService/mode", "exit-3\n");
        Name(_here.Commit("ends at start"), "3333333");
        await ShowAsync("a release that does not come up", "Deploy");
        _here.Write("src/TinyService/One.cs", "covered less\n");
        Name(_here.Commit("covered less"), "4444444");
        _here.Knob("coverage.xml", Samples.Cobertura(_here.Root, covered: 90));
        await ShowAsync("a gate that says no", "Deploy");
        await ShowAsync("Drill", "Drill");
        await ShowAsync(
            "what rehearsal wants",
            "Deploy",
            "--environment",
            "rehearsal",
            "--release",
            _here.Head[..7]
        );
        await ShowAsync("a wrong target", "Depoly");
        await ShowAsync("a wrong option", "Test", "--fliter", "x");
        await ShowAsync("Unhold without anything", "Unhold");
        await ShowAsync("Stop", "Stop");
        Snapshot.Match(string.Join('\n', screens));
    }

    // Lint and Test run side by side, and whichever ends first is shown first
    private static string[] OneByOne(string[] arguments) =>
        arguments[0] == "Deploy" ? ["--sequential"] : [];

    private void Name(string commit, string name) => _names[commit[..7]] = name;

    private string Equal(Ran ran)
    {
        var text = ran
            .Output.Replace(_here.Root, "ROOT", StringComparison.Ordinal)
            .Replace(Path.GetDirectoryName(_here.Root)!, "FOLDER", StringComparison.Ordinal);
        foreach (var (commit, name) in _names)
        {
            text = text.Replace(commit, name, StringComparison.Ordinal);
        }
        text = text.Replace($":{LoopBuild.DevelopmentPort}", ":8000", StringComparison.Ordinal)
            .Replace(System.Environment.UserName, "ops-1", StringComparison.Ordinal)
            .Replace(System.Environment.MachineName, "host", StringComparison.Ordinal);
        // where a line is wrapped depends on names and times
        text = Wrapped().Replace(text, " ");
        text = Digests().Replace(text, m => Digest(m.Value));
        text = ShortDigests().Replace(text, m => " " + Digest("sha256:" + m.Value.Trim())[7..]);
        text = Seconds().Replace(text, "N s");
        text = Clocks().Replace(text, "HH:MM");
        text = Runs().Replace(text, "runs/RUN");
        return Spaces().Replace(text, "  ") + $"(exit {ran.Code})\n";
    }

    // the same digest has the same name on every screen
    private string Digest(string digest)
    {
        var key = digest.Length > 19 ? digest[..19] : digest;
        if (!_names.TryGetValue(key, out var name))
        {
            _names[key] = name =
                "sha256:"
                + new string(
                    (char)(
                        'a' + _names.Count(n => n.Key.StartsWith("sha", StringComparison.Ordinal))
                    ),
                    12
                );
        }
        return name;
    }

    [GeneratedRegex("sha256:[0-9a-f]{12,64}")]
    private static partial Regex Digests();

    [GeneratedRegex(" [0-9a-f]{12}(?= |$)", RegexOptions.Multiline)]
    private static partial Regex ShortDigests();

    [GeneratedRegex(@"\d+(\.\d+)? s\b|\d+ min \d+ s")]
    private static partial Regex Seconds();

    [GeneratedRegex(@"\b\d\d:\d\d\b")]
    private static partial Regex Clocks();

    [GeneratedRegex(@"runs/[0-9-]+")]
    private static partial Regex Runs();

    [GeneratedRegex(@"\n {20,}")]
    private static partial Regex Wrapped();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Spaces();
}
