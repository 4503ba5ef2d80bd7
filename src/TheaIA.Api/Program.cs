using TheaIA.Api;
using TheaIA.Api.Health;

if (args is [SelfCheck.Argument])
{
    return await SelfCheck.AskAsync(Environment.GetEnvironmentVariable, Console.Error);
}

var builder = WebApplication.CreateSlimBuilder([.. args, Service.NothingReloads]);
Service.Add(builder);

var app = builder.Build();
Service.Use(app);

await app.RunAsync();
return 0;
