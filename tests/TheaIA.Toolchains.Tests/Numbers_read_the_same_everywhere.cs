using System.Globalization;

namespace TheaIA.Toolchains.Tests;

public sealed class Numbers_read_the_same_everywhere
{
    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public void Whatever_the_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            Figures.Count(0).ShouldBe("0");
            Figures.Count(6120).ShouldBe("6 120");
            Figures.Count(1234567).ShouldBe("1 234 567");
            Figures.Count(1, "file").ShouldBe("1 file");
            Figures.Count(1212, "file").ShouldBe("1 212 files");
            Figures.Percent(98).ShouldBe("98 %");
            Figures.Percent(99.94m).ShouldBe("99.94 %");
            Figures.Measured(100).ShouldBe("100.0 %");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(97.999, "97.9 %")]
    [InlineData(98.0, "98.0 %")]
    [InlineData(0.04, "0.0 %")]
    public void What_was_measured_is_never_rounded_up(double percent, string expected) =>
        Figures.Measured((decimal)percent).ShouldBe(expected);
}
