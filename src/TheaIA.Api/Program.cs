using TheaIA.Api;

var builder = WebApplication.CreateSlimBuilder([.. args, Service.NothingReloads]);
Service.Add(builder);

var app = builder.Build();
Service.Use(app);

await app.RunAsync();
