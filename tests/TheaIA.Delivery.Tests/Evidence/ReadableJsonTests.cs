using System.Text;
using System.Text.Json.Nodes;

namespace TheaIA.Delivery.Tests.Evidence;

public sealed class ReadableJsonTests
{
    [Fact]
    public void Each_token_stands_on_a_line_as_it_was_signed() =>
        Indent(
                """{"a":[1,2.50e+1,{"b":"\u003c é \" \/"},[],{}],"c":{},"d":null,"e":[true,false]}"""
            )
            .ShouldBe(
                """
                {
                  "a": [
                    1,
                    2.50e+1,
                    {
                      "b": "\u003c é \" \/"
                    },
                    [],
                    {}
                  ],
                  "c": {},
                  "d": null,
                  "e": [
                    true,
                    false
                  ]
                }

                """
            );

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[[[]]]")]
    [InlineData("\"text\"")]
    [InlineData("1")]
    [InlineData(" { \"a\" : [ 1 , { } ] , \"b\" : \"{[,:]}\" } ")]
    public void It_says_the_same(string json)
    {
        var text = Indent(json);

        JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse(json)).ShouldBeTrue();
        Indent(text).ShouldBe(text);
    }

    private static string Indent(string json) =>
        Encoding.UTF8.GetString(ReadableJson.Indent(Encoding.UTF8.GetBytes(json)));
}
