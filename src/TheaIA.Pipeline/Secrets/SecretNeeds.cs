using System.Linq.Expressions;

namespace TheaIA.Pipeline;

/// <summary>
/// Decides which secrets' commands run for members that hold their value, since nobody sees when such
/// a member is read. Where targets require the parameter, one of those has to run; where none does,
/// any target may read it, and the command always runs.
/// </summary>
internal sealed class SecretNeeds(ParameterService parameters, object build)
{
    /// <summary>Before conditions are asked: what no target requires, and what every run requires.</summary>
    public void InjectUnclaimed(TargetSet targets)
    {
        if (parameters.Commands.Any)
        {
            var claimed = RequiredBy(targets.All);
            parameters.InjectCommands(build, d => d.IsRequired || !claimed.Contains(d.Key));
        }
    }

    /// <summary>What the targets that will run require.</summary>
    public void InjectRequired(Plan plan)
    {
        if (parameters.Commands.Any)
        {
            var required = RequiredBy(
                plan.Targets.Where(t => t.Status == ExecutionStatus.Scheduled)
            );
            parameters.InjectCommands(build, d => required.Contains(d.Key));
        }
    }

    private HashSet<string> RequiredBy(IEnumerable<ExecutableTarget> targets)
    {
        var members = new Members();
        foreach (var requirement in targets.SelectMany(t => t.Definition.Requirements))
        {
            members.Visit(requirement);
        }

        return
        [
            .. parameters
                .Members.Where(d => members.Names.Contains(d.Member.Name))
                .Select(d => d.Key),
        ];
    }

    private sealed class Members : ExpressionVisitor
    {
        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        protected override Expression VisitMember(MemberExpression node)
        {
            Names.Add(node.Member.Name);
            return base.VisitMember(node);
        }
    }
}
