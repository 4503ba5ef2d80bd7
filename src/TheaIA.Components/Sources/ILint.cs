namespace TheaIA.Components;

/// <summary>Formatter, analyzers, and generated files that drifted (mission row M4).</summary>
public interface ILint : ICompile, IFormat, IGenerateWorkflows
{
    /// <summary>Says what a reviewer should not have to say.</summary>
    Target Lint =>
        _ =>
            _.Description("formatter, analyzers, generated files; --fix mends")
                .DependsOn<IFormat>(x => x.Format)
                .DependsOn<ICompile>(x => x.Compile)
                .Inputs([
                    .. SourceGlobs.Sources,
                    ".github/**",
                    ".nuke/*.json",
                    ".csharpierignore",
                    "*.md",
                ])
                .Executes(cancel => SourceWork.LintAsync(this, cancel));
}
