using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.RegularExpressions;

namespace TheaIA.Pipeline;

/// <summary>What the targets of a plan require; all that is missing is told at once, before anything runs.</summary>
internal static partial class Requirements
{
    /// <exception cref="TheaIA.Abstractions.OutcomeException">Wrong: something is missing.</exception>
    public static void Check(object build, Plan plan, ParameterService parameters)
    {
        var missing = new List<MemberInfo>();
        var unmet = new List<string>();
        var needing = new List<string>();
        foreach (var target in plan.Targets)
        {
            if (target.Status != ExecutionStatus.Scheduled)
            {
                continue;
            }

            foreach (var requirement in target.Definition.Requirements)
            {
                if (!IsMet(requirement))
                {
                    if (MemberOf(requirement) is { } member && IsParameter(parameters, member))
                    {
                        Add(missing, member);
                        Add(needing, target.Name);
                    }
                    else
                    {
                        unmet.Add($"{target.Name} requires {Text(requirement)}, which is not so.");
                    }
                }
            }
        }

        foreach (var definition in parameters.Definitions)
        {
            if (definition.IsRequired && IsEmpty(Value(definition.Member, build)))
            {
                Add(missing, definition.Member);
                Add(needing, "The build");
            }
        }

        Refuse(missing, needing, unmet, parameters);
    }

    private static void Refuse(
        List<MemberInfo> missing,
        List<string> needing,
        List<string> unmet,
        ParameterService parameters
    )
    {
        if (missing.Count > 0)
        {
            var count =
                missing.Count == 1
                    ? "1 parameter that is"
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"{missing.Count} parameters that are"
                    );
            var verb = needing.Count == 1 ? "needs" : "need";
            throw Wrong.CommandLine(
                $"{string.Join(", ", needing)} {verb} {count} not set:",
                [.. parameters.MissingMessage(missing), .. unmet]
            );
        }

        if (unmet.Count > 0)
        {
            throw Wrong.CommandLine(unmet[0], [.. unmet.Skip(1)]);
        }
    }

    private static void Add<T>(List<T> list, T item)
    {
        if (!list.Contains(item))
        {
            list.Add(item);
        }
    }

    private static bool IsMet(LambdaExpression requirement)
    {
        var value = Value(requirement);
        return requirement.ReturnType == typeof(bool) ? value is true : !IsEmpty(value);
    }

    private static bool IsEmpty(object? value) => value is null or "";

    private static bool IsParameter(ParameterService parameters, MemberInfo member) =>
        parameters.Definitions.Any(d =>
            d.Type != typeof(bool) && NameComparer.Instance.Equals(d.Member.Name, member.Name)
        );

    /// <summary>Reads a member by reflection; only what is more than a member is compiled.</summary>
    private static object? Value(LambdaExpression requirement)
    {
        if (requirement.Body is MemberExpression { Expression: null or ConstantExpression } member)
        {
            return Value(member.Member, (member.Expression as ConstantExpression)?.Value);
        }

        return requirement.Compile(preferInterpretation: true).DynamicInvoke();
    }

    private static object? Value(MemberInfo member, object? owner) =>
        member is FieldInfo field ? field.GetValue(owner) : ((PropertyInfo)member).GetValue(owner);

    private static MemberInfo? MemberOf(LambdaExpression requirement) =>
        (requirement.Body as MemberExpression)?.Member;

    /// <summary>As it stands in the source, nearly: without the object that the members belong to.</summary>
    private static string Text(LambdaExpression requirement)
    {
        var text = requirement.Body.ToString();
        for (int start; (start = text.IndexOf("value(", StringComparison.Ordinal)) >= 0; )
        {
            var end = text.IndexOf(").", start, StringComparison.Ordinal);
            text = text.Remove(start, end + 2 - start);
        }

        text = Not()
            .Replace(Length().Replace(text, "$1.Length"), "!(")
            .Replace(" AndAlso ", " && ", StringComparison.Ordinal)
            .Replace(" OrElse ", " || ", StringComparison.Ordinal);
        // an operator's own brackets, and not those around a part: (a + b).Contains(c)
        return requirement.Body is BinaryExpression && text.StartsWith('(') ? text[1..^1] : text;
    }

    [GeneratedRegex(@"ArrayLength\(([\w.]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Length();

    [GeneratedRegex(@"\bNot\(", RegexOptions.CultureInvariant)]
    private static partial Regex Not();
}
