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
        _mask.Mask(string.Join('\n', wrapped)).ShouldBe("***");
        _mask.Mask(string.Join("\n1: ", wrapped)).ShouldBe("***\n1: ***\n1: ***");
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

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\n    ")]
    [InlineData("\r\n\t")]
    [InlineData("\\n")]
    [InlineData("\\r\\n")]
    [InlineData("\\\\n")]
    [InlineData("%0D%0a")]
    public void Base64_may_be_broken_anywhere(string lineEnd)
    {
        _mask.Add("a~~?>>b and more");
        const string Encoded = "YX5+Pz4+YiBhbmQgbW9yZQ==";

        for (var at = 1; at < Encoded.Length; at++)
        {
            _mask.Mask($"<{Encoded.Insert(at, lineEnd)}>").ShouldBe("<***>");
        }

        _mask.Mask($"<{string.Join(lineEnd, Encoded.ToCharArray())}>").ShouldBe("<***>");
        _mask.Mask("<YX5+Pz4+\n\nYiBhbmQgbW9yZQ>").ShouldNotContain("***");
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Base64_in_lines_of_a_secret_with_lines_is_masked_wherever_it_begins(string lineEnd)
    {
        var lines = Enumerable.Range(0, 4).Select(i => $"--{new string((char)('k' + i), 62)}");
        var secret = string.Join('\n', lines) + "\n";
        _mask.Add(secret);

        for (var before = 0; before < 60; before++)
        {
            var text =
                new string('~', before)
                + secret.Replace("\n", lineEnd, StringComparison.Ordinal)
                + "~~~~";
            var bytes = Encoding.UTF8.GetBytes(text);
            var masked = _mask.Mask(
                Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)
            );

            // what is left belongs to what is around it
            masked
                .Replace("\r\n", "", StringComparison.Ordinal)
                .Replace("fn5+", "", StringComparison.Ordinal)
                .Length.ShouldBeLessThan(16);
        }
    }

    [Fact]
    public void What_is_around_base64_in_lines_stays_what_it_is()
    {
        _mask.Add("hunter2-and-more");

        _mask
            .Mask("key:\n    aHVudGVyMi1h\n    bmQtbW9yZQ==\n  next: 1\n")
            .ShouldBe("key:\n    ***\n  next: 1\n");
    }

    [Fact]
    public void Characters_that_are_two_code_units_may_share_the_first()
    {
        _mask.Add("k\U0001F600z-one");
        _mask.Add("k\U0001F601z-two");

        _mask
            .Mask("k\U0001F600z-one k\U0001F601z-two k\U0001F602z-two")
            .ShouldBe("*** *** k\U0001F602z-two");
    }

    [Theory]
    [InlineData(64 * 1024, 64)]
    [InlineData(64 * 1024, 8)]
    [InlineData(16 * 1024, 64)]
    public void The_longest_secret_takes_little_memory(int length, int width)
    {
        var random = new Random(1);
        var lines = Enumerable
            .Range(0, length / (width + 1))
            .Select(_ => new string(
                random.GetItems<char>("abcdefghijkmnopqrsuvwxyzABCDEF0123456789+/", width)
            ));
        var secret = string.Join('\n', lines);
        var before = GC.GetAllocatedBytesForCurrentThread();

        _mask.Add(secret);
        _mask.Mask($"<{secret}>").ShouldBe("<***>");

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(250_000_000);
    }
}
