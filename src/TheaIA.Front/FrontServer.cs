namespace TheaIA.Front;

/// <summary>The front's process: listens on the loopback addresses until it is told to end.</summary>
internal static class FrontServer
{
    private const string ReportPath = "/.front/generations";

    /// <summary>Runs until SIGTERM, Ctrl-C or <paramref name="cancel"/>; requests in flight get their answer (10 s).</summary>
    /// <param name="args">The command line.</param>
    /// <param name="errors">Where one sentence goes when it cannot run.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>0: told to end; 1: the port cannot be had; 2: the command line is wrong.</returns>
    public static async Task<int> RunAsync(
        string[] args,
        TextWriter errors,
        CancellationToken cancel
    )
    {
        try
        {
            await Build(FrontOptions.Parse(args)).RunAsync(cancel);
            return 0;
        }
        catch (ArgumentException wrong)
        {
            await errors.WriteLineAsync(wrong.Message);
            return 2;
        }
        catch (IOException taken)
        {
            await errors.WriteLineAsync($"The front cannot listen: {taken.Message}");
            return 1;
        }
    }

    /// <summary>Puts the front together. It reads no settings: a stray variable must not change it.</summary>
    internal static WebApplication Build(FrontOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }
        );
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // both 127.0.0.1 and [::1]; where there is no IPv6, the first alone
            kestrel.ListenLocalhost(options.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Services.Configure<HostOptions>(host =>
            host.ShutdownTimeout = TimeSpan.FromSeconds(10)
        );
        // requests are the service's to log; here only what should never happen
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error);
        builder.Services.AddHttpForwarder();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_ => new Generations(options.CurrentFile));
        builder.Services.AddSingleton<Forwarding>();

        var app = builder.Build();
        var generations = app.Services.GetRequiredService<Generations>();
        var forwarding = app.Services.GetRequiredService<Forwarding>();
        app.Run(context =>
            context.Request.Path.Equals(ReportPath, StringComparison.Ordinal)
                ? context.Response.WriteAsJsonAsync(
                    generations.Report(),
                    FrontJson.Default.GenerationReport,
                    cancellationToken: context.RequestAborted
                )
                : forwarding.ServeAsync(context)
        );
        return app;
    }
}
