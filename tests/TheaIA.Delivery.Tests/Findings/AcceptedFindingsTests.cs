using TheaIA.Abstractions;

namespace TheaIA.Delivery.Tests.Findings;

public sealed class AcceptedFindingsTests : IDisposable
{
    private const string File = ".nuke/accepted-findings.json";
    private readonly string _root = Directory.CreateTempSubdirectory("theaia-accepted-").FullName;

    [Fact]
    public void Without_a_file_nothing_is_accepted() =>
        AcceptedFindings.Read(_root).ShouldBe(AcceptedFindings.None);

    [Fact]
    public void Every_entry_is_read()
    {
        Write(
            """
            [
              {
                "id": "CVE-2026-1",
                "subject": "A 1.0.0",
                "reason": "not reachable: the parser is off",
                "expires": "2026-12-01",
                "by": "ada@theaia.com"
              },
              { "id": "CVE-2026-2", "reason": "r", "expires": "2027-01-31", "by": "bob" }
            ]
            """
        );

        AcceptedFindings
            .Read(_root)
            .Entries.ShouldBe([
                new(
                    "CVE-2026-1",
                    "A 1.0.0",
                    "not reachable: the parser is off",
                    new DateOnly(2026, 12, 1),
                    "ada@theaia.com"
                ),
                new("CVE-2026-2", null, "r", new DateOnly(2027, 1, 31), "bob"),
            ]);
    }

    [Fact]
    public void An_empty_list_accepts_nothing_and_a_byte_order_mark_is_none_of_its_text()
    {
        Write("\ufeff[]\n");

        AcceptedFindings.Read(_root).Entries.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("[\n  {\n    oops\n  }\n]", $"{File}, line 3, column 5: this is not JSON.")]
    [InlineData("", $"{File}, line 1, column 1: this is not JSON.")]
    public void What_is_not_JSON_is_said_with_its_line(string text, string message) =>
        Wrong(text).ShouldBe(message);

    [Theory]
    [InlineData("{}", "it must be a list of accepted findings, [] for none")]
    [InlineData("[ 1 ]", "entry 1 is no object")]
    [InlineData("""[ { "id": "A", "id": "B" } ]""", "an entry says the same thing twice")]
    [InlineData("""[ { "reason": "r" } ]""", "entry 1 needs \"id\", a text")]
    [InlineData(
        """[ { "id": "A", "expires": "2026-12-01", "by": "ada" } ]""",
        "entry 1 (A) needs \"reason\", a text"
    )]
    [InlineData(
        """[ { "id": "A", "reason": " ", "expires": "2026-12-01", "by": "ada" } ]""",
        "entry 1 (A) needs \"reason\", a text"
    )]
    [InlineData(
        """[ { "id": "A", "reason": "r", "by": "ada" } ]""",
        "entry 1 (A) needs \"expires\", a text"
    )]
    [InlineData(
        """[ { "id": "A", "reason": "r", "expires": "2026-12-01" } ]""",
        "entry 1 (A) needs \"by\", a text"
    )]
    [InlineData(
        """[ { "id": "A", "reason": "r", "expires": "1 Dec 2026", "by": "ada" } ]""",
        "entry 1 (A) expires on '1 Dec 2026', which is no day such as 2026-12-01"
    )]
    [InlineData(
        """[ { "id": "A", "subject": 1, "reason": "r", "expires": "2026-12-01", "by": "ada" } ]""",
        "entry 1 (A) needs \"subject\", a text"
    )]
    [InlineData(
        """[ { "id": "A", "subjct": "B", "reason": "r", "expires": "2026-12-01", "by": "ada" } ]""",
        "entry 1 (A) has \"subjct\", which nobody reads"
    )]
    [InlineData("""[ { "id": "\ud800" } ]""", "a text in it is not Unicode")]
    public void An_entry_without_what_it_needs_is_wrong(string text, string what) =>
        Wrong(text).ShouldBe($"{File}: {what}. Mend it and run this again.");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Wrong(string text)
    {
        Write(text);
        var error = Should.Throw<OutcomeException>(() => AcceptedFindings.Read(_root));
        error.Outcome.ShouldBe(Outcome.Wrong);
        return error.Message;
    }

    private void Write(string text)
    {
        var file = Path.Combine(_root, File);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        System.IO.File.WriteAllText(file, text);
    }
}
