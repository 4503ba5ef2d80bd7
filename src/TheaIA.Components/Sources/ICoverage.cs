namespace TheaIA.Components;

/// <summary>Holds the coverage of src/ against its goal (mission row M5).</summary>
public interface ICoverage : ITest
{
    /// <summary>Stops when too few lines are run by the tests.</summary>
    Target Coverage =>
        _ =>
            _.Description(
                    "lines of src/ that the tests run, against the goal; HTML in artifacts/coverage"
                )
                .DependsOn<ITest>(x => x.Test)
                // the tool that writes the HTML is of the version that its manifest says
                .Inputs("artifacts/tests/**/coverage.cobertura.xml", ".config/dotnet-tools.json")
                .InputKey("the goal", () => SourceWork.Goal(this))
                .Outputs("artifacts/coverage/**")
                .Executes(cancel => SourceWork.CoverageAsync(this, cancel));
}
