using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.IO;

public sealed class AbsolutePathTests
{
    private readonly AbsolutePath _path = AbsolutePath.Create("/srv/checkout");

    [Fact]
    public void A_slash_joins() =>
        (_path / "src" / "Api").ToString().ShouldBe("/srv/checkout/src/Api");

    [Fact]
    public void A_slash_and_nothing_is_the_same() => (_path / "" / null).ShouldBe(_path);

    [Fact]
    public void A_slash_and_two_dots_is_the_parent()
    {
        (_path / "..").ToString().ShouldBe("/srv");
        (_path / ..).ToString().ShouldBe("/srv");
        (_path / ".." / "x").ToString().ShouldBe("/srv/x");
    }

    [Fact]
    public void The_root_is_its_own_parent_by_slash_and_has_none_by_property()
    {
        var root = AbsolutePath.Create("/");

        (root / ..).ShouldBe(root);
        (root / "..").ShouldBe(root);
        root.Parent.ShouldBeNull();
        root.Name.ShouldBe("");
    }

    [Fact]
    public void Another_range_is_an_error() =>
        Should
            .Throw<OutcomeException>(() => _path / 1..)
            .Message.ShouldBe(
                "Behind '/srv/checkout' / only the range .. has a meaning, not 1..^0: write / .. or / \"name\"."
            );

    [Fact]
    public void A_rooted_right_side_is_an_error() =>
        Should
            .Throw<OutcomeException>(() => _path / "/etc")
            .Message.ShouldBe(
                "The path '/etc' is rooted and cannot stand behind '/srv/checkout' /: leave '/srv/checkout' out."
            );

    [Fact]
    public void A_plus_appends() => (_path + ".zip").ToString().ShouldBe("/srv/checkout.zip");

    [Fact]
    public void A_rooted_text_is_a_path_and_a_path_is_a_text()
    {
        AbsolutePath path = "/srv//checkout/./x/../";
        string? text = path;

        text.ShouldBe("/srv/checkout");
        ((AbsolutePath?)(string?)null).ShouldBeNull();
        ((string?)(AbsolutePath?)null).ShouldBeNull();
    }

    [Fact]
    public void A_text_that_is_not_rooted_is_an_error()
    {
        var error = Should.Throw<OutcomeException>(() => (AbsolutePath)"src");

        error.Message.ShouldBe("The path 'src' is not rooted: write RootDirectory / \"src\".");
        error.Outcome.ShouldBe(Outcome.Wrong);
    }

    [Fact]
    public void A_NUL_character_is_an_error() =>
        Should
            .Throw<OutcomeException>(() => AbsolutePath.Create("/a\0b"))
            .Message.ShouldBe("The path '/a?b' holds a NUL character: write one without.");

    [Fact]
    public void It_knows_its_parts()
    {
        var file = _path / "report.min.html";

        file.Name.ShouldBe("report.min.html");
        file.NameWithoutExtension.ShouldBe("report.min");
        file.Extension.ShouldBe(".html");
        file.Parent.ShouldBe(_path);
    }

    [Fact]
    public void It_contains_itself_and_what_is_below_it()
    {
        _path.Contains(_path).ShouldBeTrue();
        _path.Contains(_path / "x").ShouldBeTrue();
        _path.Contains("/srv/checkouts").ShouldBeFalse();
        AbsolutePath.Create("/").Contains(_path).ShouldBeTrue();
    }

    [Fact]
    public void It_compares_ordinally()
    {
        AbsolutePath a = "/A";
        AbsolutePath b = "/a";

        (a < b && a <= b && b > a && b >= a).ShouldBeTrue();
        (a == b).ShouldBeFalse();
        (a != b).ShouldBeTrue();
        a.CompareTo(b).ShouldBeLessThan(0);
        a.Equals((object)AbsolutePath.Create("/A/")).ShouldBeTrue();
        a.Equals((object)"x").ShouldBeFalse();
        a.GetHashCode().ShouldBe(AbsolutePath.Create("/A").GetHashCode());
        new[] { b, a }.Order().ShouldBe([a, b]);
    }

    [Fact]
    public void It_tells_the_way_to_another()
    {
        (_path / "src").GetRelativePathTo(_path / "tests" / "x").ShouldBe("../tests/x");
        _path.GetRelativePathTo(_path).ShouldBe(".");
    }
}
