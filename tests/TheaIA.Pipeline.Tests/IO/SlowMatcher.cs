namespace TheaIA.Pipeline.Tests.IO;

/// <summary>Globs as their definition reads, by trying everything.</summary>
internal static class SlowMatcher
{
    public static bool IsMatch(IReadOnlyList<string> patterns, string path)
    {
        var includes = patterns.Where(p => p[0] != '!').DefaultIfEmpty("**");
        var excludes = patterns.Where(p => p[0] == '!').Select(p => p[1..]);
        return includes.Any(p => Matches(p, path)) && !excludes.Any(p => Matches(p, path));
    }

    private static bool Matches(string pattern, string path)
    {
        var open = pattern.IndexOf('{', 0);
        if (open >= 0)
        {
            var close = pattern.IndexOf('}', 0);
            return pattern[(open + 1)..close]
                .Split(',')
                .Any(one => Matches(pattern[..open] + one + pattern[(close + 1)..], path));
        }

        return Parts(pattern.Split('/'), path.Split('/'));
    }

    private static bool Parts(string[] pattern, string[] path) =>
        pattern switch
        {
            [] => path.Length == 0,
            ["**"] => path.Length > 0,
            ["**", .. var rest] => Parts(rest, path)
                || (path.Length > 0 && Parts(pattern, path[1..])),
            [var first, .. var rest] => path.Length > 0
                && Text(first, path[0])
                && Parts(rest, path[1..]),
        };

    private static bool Text(string pattern, string text) =>
        pattern.Length == 0 ? text.Length == 0
        : pattern[0] == '*'
            ? Text(pattern[1..], text) || (text.Length > 0 && Text(pattern, text[1..]))
        : text.Length > 0
            && (pattern[0] == '?' || pattern[0] == text[0])
            && Text(pattern[1..], text[1..]);
}
