using TheaIA.Abstractions;
using TheaIA.Delivery.Aws.Cli;

namespace TheaIA.Delivery.Aws.Registries;

/// <summary>Makes repositories, which ECR wants before the first push.</summary>
internal sealed class EcrRepositories(AwsCli aws, EcrSetup setup)
{
    private readonly EcrCommands _commands = new(setup);
    private readonly TagRule _rule = new(setup);

    /// <summary>Makes the repository when it is missing.</summary>
    /// <returns>What was made, or what is wrong with one that was there; null: all is well.</returns>
    /// <exception cref="OutcomeException">
    /// <see cref="Outcome.Wrong"/>: no aws, no credentials, no permission.
    /// <see cref="Outcome.Failed"/>: AWS was not reached, or refused for another reason.
    /// </exception>
    public async Task<string?> EnsureAsync(
        EcrRegistry registry,
        string repository,
        CancellationToken cancel
    )
    {
        var result = await aws.RunAsync(_commands.Describe(registry, repository), cancel);
        if (result.ExitCode == 0)
        {
            var found = AwsCli.Read(result, EcrJson.Default.Repositories, "describe-repositories");
            return found.All is [var facts, ..]
                ? _rule.Note(registry, facts)
                : await MakeAsync(registry, repository, cancel);
        }

        return Code(result) == "RepositoryNotFoundException"
            ? await MakeAsync(registry, repository, cancel)
            : throw AwsFailure.Of(result, "describe-repositories", Where(registry, repository));
    }

    private async Task<string?> MakeAsync(
        EcrRegistry registry,
        string repository,
        CancellationToken cancel
    )
    {
        var made = _rule.Made(Where(registry, repository));
        var result = await CreateAsync(registry, repository, _rule.Options, cancel);
        if (!KnowsExclusion(result))
        {
            made = _rule.MadeMovable(registry, repository);
            result = await CreateAsync(registry, repository, TagRule.Movable, cancel);
        }

        if (result.ExitCode == 0)
        {
            return made;
        }

        // another run was quicker, and says what it made
        return Code(result) == "RepositoryAlreadyExistsException"
            ? null
            : throw AwsFailure.Of(result, "create-repository", Where(registry, repository));
    }

    private Task<CommandResult> CreateAsync(
        EcrRegistry registry,
        string repository,
        IEnumerable<string> rule,
        CancellationToken cancel
    ) => aws.RunAsync(_commands.Create(registry, repository, rule), cancel);

    /// <summary>Neither the CLI nor the region said that it does not know filters.</summary>
    private static bool KnowsExclusion(CommandResult result) =>
        result.ExitCode == 0
        || !(
            result.Error.Contains(TagRule.ExclusionOption, StringComparison.Ordinal)
            || AwsError.Parse(result.Error)
                is { Code: "InvalidParameterException" or "ValidationException" } error
                && error.Message.Contains("mutability", StringComparison.OrdinalIgnoreCase)
        );

    private static string? Code(CommandResult result) => AwsError.Parse(result.Error)?.Code;

    private static string Where(EcrRegistry registry, string repository) =>
        $"{registry.Host}/{repository}";
}
