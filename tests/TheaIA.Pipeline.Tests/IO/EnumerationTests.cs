using System.ComponentModel;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.IO;

// as NUKE's template writes it
[TypeConverter(typeof(TypeConverter<Configuration>))]
public class Configuration : Enumeration
{
    public static readonly Configuration Debug = new() { Value = nameof(Debug) };
    public static readonly Configuration Release = new() { Value = nameof(Release) };

    public static implicit operator string(Configuration configuration) => configuration.Value;
}

[TypeConverter(typeof(TypeConverter<Color>))]
public class Color : Enumeration
{
    public static readonly Color Debug = new() { Value = nameof(Debug) };
}

public sealed class EnumerationTests
{
    private readonly TypeConverter _converter = TypeDescriptor.GetConverter(typeof(Configuration));

    [Fact]
    public void Its_value_is_its_text()
    {
        string text = Configuration.Release;

        (text, $"{Configuration.Debug}").ShouldBe(("Release", "Debug"));
    }

    [Fact]
    public void It_is_the_same_as_another_of_its_type_and_value()
    {
        var again = _converter.ConvertFromInvariantString("debug");

        again.ShouldBe(Configuration.Debug);
        Configuration.Debug.Equals((object)Configuration.Release).ShouldBeFalse();
        Configuration.Debug.Equals(Color.Debug).ShouldBeFalse();
        Configuration.Debug.Equals(null).ShouldBeFalse();
        Configuration.Debug.GetHashCode().ShouldBe(again!.GetHashCode());
    }

    [Fact]
    public void It_converts_from_text_alone()
    {
        _converter.CanConvertFrom(typeof(string)).ShouldBeTrue();
        _converter.CanConvertFrom(typeof(int)).ShouldBeFalse();
        Should.Throw<NotSupportedException>(() => _converter.ConvertFrom(3));
    }

    [Fact]
    public void Another_text_is_an_error_that_lists_the_values() =>
        Should
            .Throw<OutcomeException>(() => _converter.ConvertFromInvariantString("Relase"))
            .Message.ShouldBe("'Relase' is not one of Debug, Release.");
}
