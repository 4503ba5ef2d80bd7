namespace TheaIA.Api.Tests;

public sealed class OpenApiTests(RunningService service) : IClassFixture<RunningService>
{
    [Fact]
    public async Task The_document_describes_every_endpoint() =>
        Snapshot.Match(await service.GetTextAsync("/openapi/v1.json"));
}
