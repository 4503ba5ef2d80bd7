using System.Text;

namespace TheaIA.Pipeline.Tests.Secrets;

public sealed class MaskingWriterTests : IDisposable
{
    private readonly SecretMask _mask = new();
    private readonly StringWriter _inner = new() { NewLine = "\n" };
    private readonly MaskingWriter _writer;

    public MaskingWriterTests()
    {
        _writer = new(_inner, _mask) { NewLine = "\n" };
    }

    public void Dispose()
    {
        _writer.Dispose();
        _inner.Dispose();
    }

    [Fact]
    public void Without_a_secret_all_goes_through_at_once()
    {
        _writer.Write('a');
        _writer.Write("b");
        _writer.Write("xcx".ToCharArray(), 1, 1);
        _writer.WriteLine("d");
        _writer.Write((string?)null);

        _inner.ToString().ShouldBe("abcd\n");
        _writer.Encoding.ShouldBe(_inner.Encoding);
    }

    [Fact]
    public void A_secret_split_over_two_writes_is_masked()
    {
        _mask.Add("hunter2");

        _writer.Write("a hun");
        _inner.ToString().ShouldBe("a ");
        _writer.Write("ter2 b");

        _inner.ToString().ShouldBe("a *** b");
    }

    [Fact]
    public void What_turns_out_to_be_no_secret_is_written_on()
    {
        _mask.Add("hunter2");

        _writer.Write("hun");
        _writer.WriteLine("gry");

        _inner.ToString().ShouldBe("hungry\n");
    }

    [Fact]
    public void Flush_lets_nothing_out_that_may_become_a_secret_and_Complete_does()
    {
        _mask.Add("hunter2");

        _writer.Write("hun");
        _writer.Flush();
        _inner.ToString().ShouldBe("");
        _writer.Complete();
        _inner.ToString().ShouldBe("hun");
        _writer.Write("ter2");

        _inner.ToString().ShouldBe("hunter2");
    }

    [Fact]
    public void The_end_writes_on_what_was_held_back()
    {
        _mask.Add("hunter2");

        _writer.Write("hun");
        _writer.Dispose();

        _inner.ToString().ShouldBe("hun");
    }

    [Theory]
    [InlineData("hunter2", "a hunt", "a ***")]
    [InlineData("hunter2", "a hun", "a hun")]
    [InlineData("hunter2-and-more", "a hunter2", "a hunter2")]
    [InlineData("hunter2-and-more", "a hunter2-", "a ***")]
    [InlineData("hunter2-and-more", "a \\u0068%75nter2-a\\u00", "a ***")]
    [InlineData("hunter2-and-more", "a aHVudGVyMi1h", "a ***")]
    [InlineData("hunter2-and-more", "a aHVudGVyMi1h\n", "a ***\n")]
    [InlineData("hunter2-and-more", "a aHVudGVy\r\n  Mi1h\r\n  ", "a ***\r\n  ")]
    [InlineData("hunt", "a hun", "a hun")]
    public void A_secret_that_is_cut_off_gets_stars_from_its_half_on(
        string secret,
        string text,
        string masked
    )
    {
        _mask.Add(secret);

        _writer.Write(text);
        _writer.Complete();

        _inner.ToString().ShouldBe(masked);
    }

    [Fact]
    public void One_secret_gives_one_mark_however_it_is_split()
    {
        _mask.Add("aaaa");

        foreach (var c in "aaaaaaa")
        {
            _writer.Write(c);
        }

        _writer.Write("b");
        _inner.ToString().ShouldBe("***b");
    }

    [Fact]
    public void A_secret_that_comes_up_meanwhile_is_masked_in_what_is_held_back()
    {
        _mask.Add("hunter2");
        _writer.Write("hunt");
        _mask.Add("untold");

        _writer.Write("old, hunter2");

        _inner.ToString().ShouldBe("h***, ***");
    }

    [Fact]
    public void Long_texts_are_held_back_too()
    {
        var secret = string.Concat(Enumerable.Range(0, 500).Select(i => $"{i:x}"));
        _mask.Add(secret);

        _writer.Write("<" + secret[..900]);
        _inner.ToString().ShouldBe("<");
        _writer.Write(secret[900..] + ">");

        _inner.ToString().ShouldBe("<***>");
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\n      ")]
    public void Base64_in_lines_is_masked_also_when_it_comes_character_by_character(string lineEnd)
    {
        const string Secret = "hunter2-and-some-more-of-it";
        _mask.Add(Secret);
        for (var before = 0; before < 60; before++)
        {
            var lines = Convert
                .ToBase64String(Encoding.UTF8.GetBytes(new string('~', before) + Secret + "~~~"))
                .Chunk(76)
                .Select(line => new string(line));
            foreach (var c in string.Join(lineEnd, lines))
            {
                _writer.Write(c);
            }

            _writer.Complete();
            var masked = _inner.ToString();
            masked.ShouldContain(SecretMask.Stars);
            // 4 at either end belong to what is around it
            masked
                .Replace(lineEnd, "", StringComparison.Ordinal)
                .Replace("fn5+", "", StringComparison.Ordinal)
                .Length.ShouldBeLessThan(20);
            _inner.GetStringBuilder().Clear();
        }
    }

    [Fact]
    public void A_line_does_not_wait_for_the_next_one_because_few_of_its_last_characters_may_be_base64()
    {
        _mask.Add("hunter2-and-more");

        // aHVudGVyMi1h...
        _writer.Write("go aHV\n");
        _inner.ToString().ShouldBe("go aHV\n");
        _writer.Write("udGVyMi1hbmQtbW9yZQ==, aHVu\n");
        _inner.ToString().ShouldBe("go aHV\n***, ");
        _writer.Write("ting");

        _inner.ToString().ShouldBe("go aHV\n***, aHVu\nting");
    }

    [Fact]
    public void A_line_does_not_wait_behind_base64_that_is_masked_already()
    {
        _mask.Add("hunter2-and-more.");

        _writer.Write("aHVudGVyMi1hbmQtbW9yZS4\n");
        _inner.ToString().ShouldBe("***\n");
        _writer.Write("  next");

        _inner.ToString().ShouldBe("***\n  next");
    }

    [Fact]
    public void A_secret_that_repeats_itself_is_masked()
    {
        var secret = new string('a', 500);
        _mask.Add(secret);

        _writer.Write($"<{secret}> {secret[1..]}b");

        _inner.ToString().ShouldBe($"<***> {secret[1..]}b");
    }
}
