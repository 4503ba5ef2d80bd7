using System.ComponentModel;
using System.Globalization;
using TheaIA.Abstractions;
using TheaIA.Pipeline.Tests.IO;

namespace TheaIA.Pipeline.Tests.Parameters;

public enum Color
{
    Red,
    DarkGreen,
}

[TypeConverter(typeof(SizeConverter))]
public sealed record Size(int Megabytes);

public sealed class SizeConverter : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string);

    public override object ConvertFrom(
        ITypeDescriptorContext? context,
        CultureInfo? culture,
        object value
    ) => new Size(int.Parse(((string)value).TrimEnd('M'), culture));
}

public sealed record Port(int Number)
{
    public static Port Parse(string text) =>
        new(int.Parse(text.TrimStart(':'), CultureInfo.InvariantCulture));
}

// a converter that does not read text, and nothing else that does
[TypeConverter(typeof(TypeConverter))]
public sealed class Opaque;

public interface IHaveTimeout
{
    [Parameter("how long a request may take")]
    TimeSpan? Timeout => null;
}

public interface IHaveFilter : IHaveTimeout
{
    [Parameter("narrows the tests")]
    string? Filter => null;
}

public abstract class BaseBuild
{
    [Parameter]
    private readonly string? _inherited = null;

    [Parameter("mends what can be mended")]
    public bool Fix { get; set; }

    [Parameter]
    public static int Shared { get; set; }

    public string? TheInherited => _inherited;
}

public class SampleBuild : BaseBuild, IHaveFilter
{
    [Parameter("Debug or Release", Name = "Configuration")]
    public Configuration Mode { get; } = Configuration.Debug;

    [Parameter]
    public readonly string? Field = "as it was";

    [Parameter]
    public string? Text { get; private set; } = "as it was";

    [Parameter]
    public string Computed => "never set";

    [Parameter]
    public int? Number { get; set; }

    [Parameter]
    public byte Small { get; set; }

    [Parameter]
    public double Ratio { get; set; }

    [Parameter]
    public Color Color { get; set; }

    [Parameter]
    public Guid Id { get; set; }

    [Parameter]
    public Uri? Address { get; set; }

    [Parameter]
    public AbsolutePath? Folder { get; set; }

    [Parameter]
    public Size? Size { get; set; }

    [Parameter]
    public Port? Port { get; set; }

    [Parameter]
    public DateOnly? Day { get; set; }

    [Parameter]
    public string[]? Names { get; set; }

    [Parameter(Separator = ";")]
    public IReadOnlyList<int>? Numbers { get; set; }

    [Parameter(Separator = "")]
    public IList<string>? Unsplit { get; init; }

    [Parameter]
    public IReadOnlySet<Color>? Colors { get; set; }

    [Parameter]
    public IReadOnlyDictionary<string, int>? Weights { get; set; }

    [Parameter(List = false)]
    public string? GitHubToken { get; set; }

    // no parameter
    public string? Plain { get; set; }
}

public class DeployBuild
{
    [
        Parameter("where to deploy", ValueProviderMember = nameof(Environments)),
        CommandLineOnly,
        Required
    ]
    public string? Environment { get; set; }

    [Parameter, Secret, Required]
    public string? RailwayToken { get; set; }

    [Parameter]
    public Secret? Key { get; set; }

    [Parameter, Secret]
    public int? Pin { get; set; }

    [Parameter]
    public TimeSpan? Timeout { get; set; }

    public IEnumerable<string> Environments => ["development", "staging"];
}
