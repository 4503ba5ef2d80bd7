using System.Globalization;
using TheaIA.Pipeline.Tests.IO;

namespace TheaIA.Pipeline.Tests.Parameters;

public sealed class ConversionTests : IDisposable
{
    private readonly Reading _reading = new();

    public void Dispose() => _reading.Dispose();

    [Theory]
    [InlineData("30s", 30)]
    [InlineData("5m", 300)]
    [InlineData("5min", 300)]
    [InlineData("1h30m", 5400)]
    [InlineData("1h 30m 5s", 5405)]
    [InlineData("1.5h", 5400)]
    [InlineData("500ms", 0.5)]
    [InlineData("2D", 172800)]
    [InlineData("00:01:30", 90)]
    [InlineData("1:02:03", 3723)]
    [InlineData("1.00:00:00", 86400)]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    public void A_duration_converts(string text, double seconds) =>
        _reading
            .Read<SampleBuild>("--timeout", text)
            .Value<SampleBuild>(b => ((IHaveTimeout)b).Timeout)
            .ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("abc")]
    [InlineData("99999999999")]
    public void A_number_out_of_its_bounds_is_told_with_them(string text) =>
        _reading
            .Error<Bounded>("--port", text)
            .ShouldBe(
                $"--port '{text}' is not a whole number from 1 to 65535. From the command line."
            );

    [Fact]
    public void A_number_out_of_its_bounds_is_told_with_its_source() =>
        _reading
            .Set("LINES", "0")
            .Error<Bounded>()
            .ShouldBe(
                "--lines '0' is not a whole number from 1 to 2147483647. From the environment variable LINES."
            );

    [Theory]
    [InlineData(1)]
    [InlineData(65535)]
    public void The_bounds_themselves_are_allowed(int port) =>
        _reading
            .Read<Bounded>("--port", port.ToString(CultureInfo.InvariantCulture))
            .Value<Bounded>(b => b.Port)
            .ShouldBe(port);

    public class Bounded
    {
        [Parameter, Range(1, 65535)]
        public int? Port { get; set; }

        [Parameter, Range(1, int.MaxValue)]
        public int? Lines { get; set; }
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("30")]
    [InlineData("30x")]
    [InlineData("m")]
    [InlineData("5m1h")]
    [InlineData("5m5m")]
    [InlineData("1.2.3s")]
    [InlineData("00:30")]
    [InlineData("-00:00:30")]
    [InlineData("99:99:99")]
    [InlineData("99999999999999999999d")]
    [InlineData("99999999d")]
    [InlineData(" ")]
    public void What_is_no_duration_is_an_error(string text) =>
        _reading
            .Error<SampleBuild>("--timeout", text)
            .ShouldBe(
                $"--timeout '{text}' is not a duration (30s, 5m, 00:01:30). From the command line."
            );

    [Theory]
    [InlineData("2026-11-24", 24)]
    [InlineData("2026-11-24T14:02:00", 24)]
    public void A_date_is_read_year_first(string text, int day) =>
        _reading
            .Read<Dated>("--at", text)
            .Value<Dated>(b => b.At)
            .ShouldBeOfType<DateTime>()
            .Day.ShouldBe(day);

    [Theory]
    [InlineData("--at", "03.02.2026", "a date (2026-11-24, 2026-11-24T14:02:00)")]
    [InlineData("--at", "2026-13-24", "a date (2026-11-24, 2026-11-24T14:02:00)")]
    [InlineData("--since", "11/24/2026", "a date (2026-11-24, 2026-11-24T14:02:00+01:00)")]
    [InlineData("--day", "24.11.2026", "a date (2026-11-24)")]
    [InlineData("--day", "2026-11-24T14:02", "a date (2026-11-24)")]
    public void A_date_that_others_read_as_another_day_is_an_error(
        string option,
        string text,
        string allowed
    ) =>
        _reading
            .Error<Dated>(option, text)
            .ShouldBe($"{option} '{text}' is not {allowed}. From the command line.");

    [Fact]
    public void Each_kind_of_date_converts()
    {
        var read = _reading.Read<Dated>(
            "--since",
            "2026-11-24T14:02:00+01:00",
            "--day",
            "2026-11-24"
        );
        read.Value<Dated>(b => b.Since)
            .ShouldBe(new DateTimeOffset(2026, 11, 24, 14, 2, 0, TimeSpan.FromHours(1)));
        read.Value<Dated>(b => b.Day).ShouldBe(new DateOnly(2026, 11, 24));
    }

    [Theory]
    [InlineData("left", Sides.Left)]
    [InlineData("Left,Right", Sides.Left | Sides.Right)]
    [InlineData("left, right", Sides.Left | Sides.Right)]
    public void Flags_are_named_together(string text, Sides sides) =>
        _reading.Read<Dated>("--sides", text).Value<Dated>(b => b.Sides).ShouldBe(sides);

    [Fact]
    public void A_flag_that_is_none_is_an_error() =>
        _reading
            .Error<Dated>("--sides", "Left,Up")
            .ShouldBe("--sides 'Left,Up' is not one of None, Left, Right. From the command line.");

    [Flags]
    public enum Sides
    {
        None = 0,
        Left = 1,
        Right = 2,
    }

    public class Dated
    {
        [Parameter]
        public DateTime? At { get; set; }

        [Parameter]
        public DateTimeOffset? Since { get; set; }

        [Parameter]
        public DateOnly? Day { get; set; }

        [Parameter]
        public Sides Sides { get; set; }
    }

    [Fact]
    public void Each_type_converts()
    {
        var service = _reading.Read<SampleBuild>(
            "--number=-5",
            "--small",
            "255",
            "--ratio",
            "0.5",
            "--color",
            "dark-green",
            "--id",
            "0f8fad5b-d9cb-469f-a165-70867728950e",
            "--address",
            "https://example.com/x",
            "--folder",
            "out/x",
            "--size",
            "12M",
            "--port",
            ":8000",
            "--day",
            "2026-11-24",
            "--configuration",
            "RELEASE",
            "--fix",
            "false"
        );

        service.Value<SampleBuild>(b => b.Number).ShouldBe(-5);
        service.Value<SampleBuild>(b => b.Small).ShouldBe((byte)255);
        service.Value<SampleBuild>(b => b.Ratio).ShouldBe(0.5);
        service.Value<SampleBuild>(b => b.Color).ShouldBe(Color.DarkGreen);
        service
            .Value<SampleBuild>(b => b.Id)
            .ShouldBe(Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"));
        service.Value<SampleBuild>(b => b.Address).ShouldBe(new Uri("https://example.com/x"));
        service
            .Value<SampleBuild>(b => b.Folder)
            .ShouldBe(AbsolutePath.Create(Path.GetFullPath("out/x")));
        service.Value<SampleBuild>(b => b.Size).ShouldBe(new Size(12));
        service.Value<SampleBuild>(b => b.Port).ShouldBe(new Port(8000));
        service.Value<SampleBuild>(b => b.Day).ShouldBe(new DateOnly(2026, 11, 24));
        service.Value<SampleBuild>(b => b.Mode).ShouldBe(Configuration.Release);
        service.Value<SampleBuild>(b => b.Fix).ShouldBe(false);
    }

    private sealed class Numbers
    {
        [Parameter]
        public sbyte A { get; set; }

        [Parameter]
        public short B { get; set; }

        [Parameter]
        public ushort C { get; set; }

        [Parameter]
        public uint D { get; set; }

        [Parameter]
        public long E { get; set; }

        [Parameter]
        public ulong F { get; set; }

        [Parameter]
        public float G { get; set; }

        [Parameter]
        public decimal H { get; set; }
    }

    [Fact]
    public void Each_kind_of_number_converts()
    {
        var build = new Numbers();

        _reading
            .Read<Numbers>(
                "-a",
                "-128",
                "--b",
                "-9",
                "--c",
                "9",
                "--d",
                "9",
                "--e",
                "-9",
                "--f",
                "9"
            )
            .Inject(build);
        _reading.Set("G", "0.5").Set("H", "-1e-3").Read<Numbers>().Inject(build);

        (build.A, build.B, build.C, build.D, build.E, build.F).ShouldBe(
            ((sbyte)-128, (short)-9, (ushort)9, 9u, -9L, 9UL)
        );
        (build.G, build.H).ShouldBe((0.5f, -0.001m));
    }

    [Theory]
    [InlineData("--number", "x", "a whole number from -2147483648 to 2147483647")]
    [InlineData("--number", "2147483648", "a whole number from -2147483648 to 2147483647")]
    [InlineData("--number", "1,000", "a whole number from -2147483648 to 2147483647")]
    [InlineData("--small", "256", "a whole number from 0 to 255")]
    [InlineData("--ratio", "NaN", "a number (42, 0.5)")]
    [InlineData("--ratio", "1e999", "a number (42, 0.5)")]
    [InlineData("--ratio", "0,5", "a number (42, 0.5)")]
    [InlineData("--color", "1", "one of Red, DarkGreen")]
    [InlineData("--color", "blue", "one of Red, DarkGreen")]
    [InlineData("--id", "x", "a GUID (8 hexadecimal digits, then -4-4-4-12)")]
    [InlineData("--address", "/x", "an address (https://example.com/x)")]
    [InlineData("--address", "example", "an address (https://example.com/x)")]
    [InlineData("--folder", "a\0b", "a path")]
    [InlineData("--size", "big", "a valid Size")]
    [InlineData("--port", "http", "a valid Port")]
    [InlineData("--day", "yesterday", "a date (2026-11-24)")]
    [InlineData("--configuration", "Relase", "one of Debug, Release")]
    [InlineData("--fix", "Test", "true or false (targets come before the first option)")]
    [InlineData("--weights", "a", "KEY=VALUE")]
    [InlineData("--weights", "=1", "KEY=VALUE")]
    [InlineData("--weights", "a=b", "a whole number from -2147483648 to 2147483647", "b")]
    [InlineData("--numbers", "1;b;3", "a whole number from -2147483648 to 2147483647", "b")]
    public void What_does_not_convert_is_an_error(
        string option,
        string text,
        string allowed,
        string? shown = null
    ) =>
        _reading
            .Error<SampleBuild>(option, text)
            .ShouldBe(
                $"{option} '{(shown ?? text).Replace('\0', ' ')}' is not {allowed}. From the command line."
            );

    [Fact]
    public void Numbers_and_names_are_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("tr-TR");
        try
        {
            var service = _reading
                .Set("SHAREDID", "")
                .Read<SampleBuild>(
                    "--RATIO",
                    "0.5",
                    "--COLOR",
                    "DARKGREEN",
                    "--FILTER",
                    "x",
                    "--ID",
                    $"{Guid.Empty}",
                    "--FIX"
                );

            service.Value<SampleBuild>(b => b.Ratio).ShouldBe(0.5);
            service.Value<SampleBuild>(b => b.Fix).ShouldBe(true);
            service.Value<SampleBuild>(b => ((IHaveFilter)b).Filter).ShouldBe("x");
            ParameterName.Option("FilterId").ShouldBe("--filter-id");
            ParameterName.Variable("filterId").ShouldBe("FILTER_ID");
            _reading.Error<SampleBuild>("--FLITER", "x").ShouldContain("Did you mean --filter?");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Lists_take_words_and_separators_and_come_again()
    {
        var service = _reading.Read<SampleBuild>(
            "--names",
            "a,b",
            "c",
            "--numbers",
            "1;2",
            "--names",
            "d",
            "--unsplit",
            "a,b",
            "c;d",
            "--colors",
            "red,darkgreen,red",
            "--weights",
            "a=1,b=2",
            "c=3"
        );

        service.Value<SampleBuild>(b => b.Names).ShouldBe(new[] { "a", "b", "c", "d" });
        service.Value<SampleBuild>(b => b.Numbers).ShouldBe(new List<int> { 1, 2 });
        service.Value<SampleBuild>(b => b.Unsplit).ShouldBe(new List<string> { "a,b", "c;d" });
        service
            .Value<SampleBuild>(b => b.Colors)
            .ShouldBe(new HashSet<Color> { Color.Red, Color.DarkGreen });
        service
            .Value<SampleBuild>(b => b.Weights)
            .ShouldBe(
                new Dictionary<string, int>
                {
                    ["a"] = 1,
                    ["b"] = 2,
                    ["c"] = 3,
                }
            );
    }

    [Fact]
    public void A_relative_path_starts_in_the_root_unless_it_was_typed()
    {
        _reading.Set("FOLDER", "out");

        _reading
            .Read<SampleBuild>()
            .Value<SampleBuild>(b => b.Folder)
            .ShouldBe(_reading.Root / "out");
        _reading
            .Set("FOLDER", "/abs")
            .Read<SampleBuild>()
            .Value<SampleBuild>(b => b.Folder)
            .ShouldBe(AbsolutePath.Create("/abs"));
    }

    [Fact]
    public void A_long_value_is_shortened_and_stays_on_one_line() =>
        _reading
            .Error<SampleBuild>("--number", "a\nb" + new string('x', 100))
            .ShouldBe(
                $"--number 'a b{new string('x', 57)}...' is not a whole number from -2147483648 to 2147483647. From the command line."
            );

    private sealed class Unconvertible
    {
        [Parameter]
        public Opaque? Thing { get; set; }

        [Parameter]
        public Func<string>? Maker { get; set; }

        [Parameter]
        public Dictionary<int, string>? Other { get; set; }

        [Parameter]
        public Lazy<int>? Late { get; set; }
    }

    [Theory]
    [InlineData("--thing", "Thing", "Opaque")]
    [InlineData("--maker", "Maker", "Func`1")]
    [InlineData("--other", "Other", "Dictionary`2")]
    [InlineData("--late", "Late", "Lazy`1")]
    public void A_type_that_no_text_converts_to_is_an_error(
        string option,
        string name,
        string type
    ) =>
        _reading
            .Error<Unconvertible>(option, "x")
            .ShouldBe(
                $"The parameter {name} has the type {type}, which no text converts to: give it a static Parse(string) or a TypeConverter."
            );
}
