using System.Linq.Expressions;
using System.Reflection;
using TheaIA.Abstractions;
using TheaIA.Pipeline.Tests.IO;

namespace TheaIA.Pipeline.Tests.Parameters;

/// <summary>Reads parameters of a build class from words, variables and files.</summary>
internal sealed class Reading : IDisposable
{
    private readonly TemporaryFolder _root = new();
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    public AbsolutePath Root => _root.Path;

    public Reading Set(string variable, string value)
    {
        _environment[variable] = value;
        return this;
    }

    public Reading Write(string file, string text)
    {
        _root.Write(file, text);
        return this;
    }

    public ParameterService Read<T>(params string[] words) =>
        ParameterService.Create(typeof(T), words, _environment, _ => Root);

    /// <summary>Reads them as a run does that is no way back: what is wrong in a file stops it.</summary>
    public ParameterService ReadAll<T>(params string[] words)
    {
        var read = Read<T>(words);
        BrokenFiles.Check(read, new TargetSet(typeof(T)));
        return read;
    }

    /// <summary>The one sentence that says what is wrong.</summary>
    public string Error<T>(params string[] words)
    {
        var error = Should.Throw<OutcomeException>(() => ReadAll<T>(words));
        error.Outcome.ShouldBe(Outcome.Wrong);
        return string.Join('\n', error.Details.Prepend(error.Message));
    }

    public void Dispose() => _root.Dispose();
}

internal static class ParameterServiceExtensions
{
    public static object? Value<T>(
        this ParameterService service,
        Expression<Func<T, object?>> member
    ) => service.GetValue(Member(member));

    public static MemberInfo Member<T>(Expression<Func<T, object?>> member) =>
        ((MemberExpression)(member.Body is UnaryExpression u ? u.Operand : member.Body)).Member;
}
