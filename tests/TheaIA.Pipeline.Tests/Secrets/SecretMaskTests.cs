using System.Text;

namespace TheaIA.Pipeline.Tests.Secrets;

public sealed class SecretMaskTests
{
    private readonly SecretMask _mask = new();

    [Fact]
    public void Without_a_secret_the_text_stays_what_it_is()
    {
        var text = "nothing to hide";
        _mask.Add("");

        _mask.Mask(text).ShouldBeSameAs(text);
        _mask.Add("hunter2");
        _mask.Mask(text).ShouldBeSameAs(text);
    }

    [Theory]
    [InlineData("p'a\"s$s w&d/é", "p'a\"s$s w&d/é")]
    [InlineData("p'a\"s$s w&d/é", "cCdhInMkcyB3JmQvw6k=")]
    [InlineData("p'a\"s$s w&d/é", "p%27a%22s%24s%20w%26d%2F%C3%A9")]
    [InlineData("p'a\"s$s w&d/é", "p%27a%22s%24s+w%26d%2f%c3%a9")]
    [InlineData("p'a\"s$s w&d/é", "p'a\\\"s$s w&d/é")]
    [InlineData("p'a\"s$s w&d/é", "p'a\\\"s$s w&d\\/\\u00e9")]
    [InlineData("p'a\"s$s w&d/é", "p\\u0027a\\u0022s$s w\\u0026d/\\u00E9")]
    [InlineData("p'a\"s$s w&d/é", "p'\\''a\"s$s w&d/é")]
    [InlineData("p'a\"s$s w&d/é", "p'\"'\"'a\"s$s w&d/é")]
    [InlineData("p'a\"s$s w&d/é", "p'a\\\"s\\$s w&d/é")]
    [InlineData("p'a\"s$s w&d/é", "p\\'a\\\"s\\$s\\ w\\&d/é")]
    [InlineData("p'a\"s$s w&d/é", "p&#39;a&quot;s$s w&amp;d/&#233;")]
    [InlineData("p'a\"s$s w&d/é", "p''a\"s$s w&d/é")]
    [InlineData("a\tb\u0001\b\f\r\nc\\d", "a\\tb\\u0001\\b\\f\\r\\nc\\\\d")]
    [InlineData("hello!world", "hello\\!world")]
    [InlineData("a~~?>>b", "YX5-Pz4-Yg==")]
    [InlineData("a~~?>>b", "YX5\\u002bPz4\\u002BYg==")]
    [InlineData("a~~?>>b", "YX5%2BPz4%2bYg%3D%3d")]
    // any mixture, either case of each digit
    [InlineData("p'a\"s/é&k", "\\p\\u0027a\\\"s\\/\\u00E9\\u0026\\u006b")]
    [InlineData("p'a\"s/é&k", "%70'%61\"%73/%c3%A9&k")]
    [InlineData("k\U0001F600z", "k\\ud83D\\uDe00z")]
    [InlineData("k\U0001F600z", "k%f0%9F%98%80z")]
    [InlineData("k\U0001F600z", "k&#128512;&#x7a;")]
    [InlineData("k\U0001F600z", "k\\U0001f600z")]
    // JSON within JSON
    [InlineData("a\"b\\c\nd", "a\\\\\\\"b\\\\\\\\c\\\\nd")]
    [InlineData("a\"b\\c\nd", "a\\\\u0022b\\\\u005Cc\\\\u000ad")]
    [InlineData("a\"b\\c\nd", "a\\u005cu0022b\\u005C\\\\c\\u005Cnd")]
    // printf %q, $'...', repr() of Python
    [InlineData("a\u001bé\td", "a\\E\\303\\251\\td")]
    [InlineData("a\u001bé\td", "a\\033é\\011d")]
    [InlineData("a\u001bé\td", "a\\x1b\\xe9\\td")]
    [InlineData("a\u001bé\td", "a\\x1B\\xc3\\xa9\\td")]
    [InlineData("don't 'go'", "don\\'t\\ \\'go\\'")]
    [InlineData("don't 'go'", "don'\\''t ''go'\"'\"'")]
    [InlineData("say \"no\"", "say \"\"no\"\"")]
    [InlineData("a'<b>", "a&#039;&lt;b&#x3E;")]
    [InlineData("a'<b>", "a&apos;&#60;b&gt;")]
    public void Each_form_is_masked(string secret, string form)
    {
        _mask.Add(secret);

        _mask.Mask($"<{form}>").ShouldBe("<***>");
    }

    [Theory]
    [InlineData("u:")]
    [InlineData("us:")]
    [InlineData("use:")]
    public void A_secret_within_longer_base64_is_masked(string user)
    {
        _mask.Add("correct-horse-battery");
        var header = Convert.ToBase64String(
            Encoding.UTF8.GetBytes($"{user}correct-horse-battery@host")
        );

        var masked = _mask.Mask($"Authorization: Basic {header}");

        masked.ShouldStartWith("Authorization: Basic ");
        masked.ShouldContain("***");
        masked.Length.ShouldBeLessThan(40);
    }

    [Fact]
    public void Each_line_of_a_secret_with_several_is_masked_and_its_wrapped_base64()
    {
        var lines = Enumerable.Range(0, 3).Select(i => new string((char)('A' + i), 40)).ToArray();
        var secret = string.Join('\n', lines);
        _mask.Add(secret);

        foreach (var line in lines)
        {
            _mask.Mask($"1 {line} 2").ShouldBe("1 *** 2");
        }

        _mask.Mask(secret.ReplaceLineEndings("\r\n")).ShouldBe("***");
        var wrapped = Convert
            .ToBase64String(Encoding.UTF8.GetBytes(secret))
            .Chunk(76)
            .Select(c => new string(c));
        _mask.Mask(string.Join('\n', wrapped)).ShouldBe("***\n***\n***");
    }

    [Fact]
    public void A_line_end_is_found_in_either_form()
    {
        _mask.Add("one\r\ntwo\n");

        _mask.Mask("one\ntwo, one\r\ntwo, one\\ntwo, one%0D%0atwo").ShouldBe("***, ***, ***, ***");
        _mask.Add("\n");
        _mask.Mask("a\nb, Cg==").ShouldBe("a\nb, Cg==");
    }

    [Fact]
    public void Secrets_that_overlap_are_masked_as_a_whole()
    {
        _mask.Add("abcd-efgh");
        _mask.Add("efgh-ijkl");

        _mask.Mask("<abcd-efgh-ijkl>").ShouldBe("<***>");
    }

    [Fact]
    public void The_longer_of_two_secrets_leaves_nothing_of_itself()
    {
        _mask.Add("token");
        _mask.Add("token-and-more");

        _mask.Mask("<token-and-more> <token-and-less>").ShouldBe("<***> <***-and-less>");
    }
}
