namespace TheaIA.Pipeline.Tests.Caching;

/// <summary>Targets whose outputs a cache may keep.</summary>
public class CacheBuild : TestBuild
{
    private const UnixFileMode Runnable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Owners = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Parameter, Secret]
    string? Token { get; set; }

    [Parameter("How it tastes")]
    string Flavour { get; set; } = "plain";

    static AbsolutePath Out => RootDirectory / "out";

    Target Make =>
        _ =>
            _.Inputs("in/**")
                .InputKey("the flavour", () => Flavour)
                .Outputs("out/**")
                .Executes(() =>
                {
                    Ran(nameof(Make));
                    Out.CreateOrCleanDirectory();
                    (Out / "deep").CreateDirectory();
                    var input = (RootDirectory / "in" / "a").ReadAllText().Trim();
                    (Out / "a.txt").WriteAllText($"{input} {Flavour}");
                    (Out / "deep" / "tool").WriteAllText("#!/bin/sh");
                    if (!OperatingSystem.IsWindows())
                    {
                        File.SetUnixFileMode((Out / "deep" / "tool").ToString(), Runnable);
                    }

                    File.CreateSymbolicLink((Out / "link").ToString(), "deep/tool");
                    File.CreateSymbolicLink((Out / "folder").ToString(), "deep");
                    File.CreateSymbolicLink((Out / "nowhere").ToString(), "../none");
                    Progress.Figure($"made of {input}");
                });

    Target Use =>
        _ => _.DependsOn(Make).Inputs("out/**").Outputs("used").Executes(() => Write("used"));
    Target Checked => _ => _.Inputs("in/**").Executes(() => Ran(nameof(Checked)));
    Target Wide => _ => _.Inputs("in/**").Outputs("wide").Uncached().Executes(() => Write("wide"));
    Target Nothing =>
        _ => _.Inputs("in/**").Outputs("none/**").Executes(() => Ran(nameof(Nothing)));
    Target Moody =>
        _ =>
            _.Inputs("in/**")
                .Outputs("moody")
                .Executes(() =>
                {
                    Ran(nameof(Moody));
                    (RootDirectory / "moody").WriteAllText("x");
                    Assert.False((RootDirectory / "moods" / "bad").FileExists());
                });
    Target Private =>
        _ =>
            _.Inputs("in/**")
                .Outputs("private", "public")
                .Executes(() =>
                {
                    Write("private");
                    Write("public");
                    if (!OperatingSystem.IsWindows())
                    {
                        File.SetUnixFileMode((RootDirectory / "private").ToString(), Owners);
                    }
                });
    Target Leaks =>
        _ =>
            _.Inputs("in/**")
                .Outputs("leaks")
                .Executes(() =>
                {
                    Ran(nameof(Leaks));
                    (RootDirectory / "leaks").WriteAllText(
                        $"{new string('x', 65_530)}{Token}{new string('x', 65_530)}"
                    );
                });
    Target Edited =>
        _ =>
            _.Inputs("in/**")
                .Outputs("edited")
                .Executes(() =>
                {
                    Write("edited");
                    (RootDirectory / "in" / "a").WriteAllText("by a person, meanwhile");
                });
    Target Ship => _ => _.DependsOn(Use).Inputs("used").Effect().Executes(() => Ran(nameof(Ship)));

    private static void Write(string name)
    {
        Ran(name);
        (RootDirectory / name).WriteAllText(name);
    }
}
