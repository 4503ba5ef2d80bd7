using System.Text.RegularExpressions;

namespace TheaIA.Api.Tests;

public sealed partial class MetricsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_family_is_there_with_a_figure_at_the_first_scrape()
    {
        await using var service = new RunningService();

        var text = await service.GetTextAsync("/metrics");

        var own = Series(text).Select(l => l.Name).Distinct().Where(n => !IsRuntime().IsMatch(n));
        Snapshot.Match(string.Join('\n', own));
    }

    [Fact]
    public async Task Each_line_is_in_the_text_format()
    {
        await using var service = new RunningService();
        await service.BeginAsync();

        var text = await service.GetTextAsync("/metrics");

        text.ShouldEndWith("\n");
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            (IsComment().IsMatch(line) || IsSample().IsMatch(line)).ShouldBeTrue(line);
        }
    }

    [Fact]
    public async Task The_load_is_told_by_state()
    {
        await using var service = new RunningService();
        await service.BeginAsync();
        await service.BeginAsync();
        var id = await service.BeginAsync();
        foreach (var name in (string[])["listen", "think", "act"])
        {
            await service.HappenAsync(id, name);
        }

        var text = await service.GetTextAsync("/metrics");

        text.ShouldContain("theaia_fsm_conversations{state=\"idle\"} 2\n");
        text.ShouldContain("theaia_fsm_conversations{state=\"acting\"} 1\n");
        text.ShouldContain("theaia_fsm_conversations{state=\"thinking\"} 0\n");
        text.ShouldContain("theaia_agents 3\n");
        text.ShouldContain("theaia_agents_acting 1\n");
    }

    [Fact]
    public async Task Requests_are_counted_and_timed_by_method_route_and_code()
    {
        await using var service = new RunningService();
        await service.GetAsync("/v1/conversations/1");
        await service.GetAsync("/v1/conversations/2");
        await service.GetAsync("/nothing");
        await service.PostAsync("/v1/conversations/1/events", null);
        using var client = service.CreateClient();
        using var odd = new HttpRequestMessage(new HttpMethod("BREW"), "/nothing");
        await client.SendAsync(odd, Cancel);

        var text = await service.GetTextAsync("/metrics");

        text.ShouldContain(
            "http_requests_total{method=\"GET\",endpoint=\"/v1/conversations/{id}\",code=\"404\"} 2\n"
        );
        text.ShouldContain(
            "http_requests_total{method=\"GET\",endpoint=\"none\",code=\"404\"} 1\n"
        );
        text.ShouldContain(
            "http_requests_total{method=\"other\",endpoint=\"none\",code=\"404\"} 1\n"
        );
        text.ShouldContain(
            "http_requests_total{method=\"POST\",endpoint=\"/v1/conversations/{id}/events\",code=\"400\"} 1\n"
        );
        text.ShouldContain(
            "http_request_duration_seconds_count{method=\"GET\",endpoint=\"/v1/conversations/{id}\"} 2\n"
        );
    }

    [Fact]
    public async Task Two_services_do_not_mix_their_figures()
    {
        await using var one = new RunningService();
        await using var other = new RunningService();
        await one.BeginAsync();

        (await one.GetTextAsync("/metrics")).ShouldContain("{state=\"idle\"} 1\n");
        (await other.GetTextAsync("/metrics")).ShouldContain("{state=\"idle\"} 0\n");
    }

    private static IEnumerable<(string Name, string Line)> Series(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(l => l[0] != '#')
            .Select(l => (IsName().Match(l).Value, l));

    [GeneratedRegex("^(process|dotnet)_")]
    private static partial Regex IsRuntime();

    [GeneratedRegex("^[a-z_]+")]
    private static partial Regex IsName();

    [GeneratedRegex("^# (HELP|TYPE) [a-z_]+ .+$")]
    private static partial Regex IsComment();

    [GeneratedRegex("^[a-z_]+({[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*})? [0-9.eE+-]+$")]
    private static partial Regex IsSample();
}
