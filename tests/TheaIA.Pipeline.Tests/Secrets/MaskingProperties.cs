using System.Net;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace TheaIA.Pipeline.Tests.Secrets;

public sealed class MaskingProperties
{
    /// <summary>Texts of few characters, so that secrets overlap with themselves and with what is around them.</summary>
    private static readonly Gen<string> Text = Gen.OneOf(
            Gen.Elements('a', 'b', ' ', '\n', '\'', '"', '\\', '$', '/', '+', '%', 'é', '<'),
            Gen.Choose(32, 126).Select(c => (char)c)
        )
        .Where(c => c != '*')
        .ArrayOf()
        .Select(c => new string(c));

    private static readonly Gen<string> Secret = Text.Where(t => t.Trim().Length >= 3);

    private static readonly Func<string, string>[] Forms =
    [
        s => s,
        s => Convert.ToBase64String(Encoding.UTF8.GetBytes(s)),
        s => Convert.ToBase64String(Encoding.UTF8.GetBytes(s)).Replace('+', '-').Replace('/', '_'),
        Uri.EscapeDataString,
        WebUtility.UrlEncode,
        s => JsonSerializer.Serialize(s)[1..^1],
        s => "'" + s.Replace("'", "'\\''", StringComparison.Ordinal) + "'",
        WebUtility.HtmlEncode,
    ];

    [Property(MaxTest = 300)]
    public Property No_secret_comes_through_in_any_form_however_the_text_is_split() =>
        Prop.ForAll(
            (
                from secret in Secret
                from form in Gen.Elements(Forms)
                from before in Text
                from after in Text
                from cuts in Gen.Choose(1, 9).ListOf()
                select (secret, form: form(secret), before, after, cuts)
            ).ToArbitrary(),
            x =>
            {
                var mask = new SecretMask();
                mask.Add(x.secret);
                var text = x.before + x.form + x.after;

                var whole = mask.Mask(text);
                whole.ShouldNotContain(x.form.Trim('\''), Case.Sensitive);
                Written(mask, text, x.cuts).ShouldBe(whole);
            }
        );

    [Property(MaxTest = 60)]
    public Property Of_several_secrets_none_comes_through_and_the_rest_of_the_text_does() =>
        Prop.ForAll(
            Secret.NonEmptyListOf().ToArbitrary(),
            Text.ToArbitrary(),
            Gen.Choose(1, 9).ListOf().ToArbitrary(),
            (secrets, around, cuts) =>
            {
                var mask = new SecretMask();
                foreach (var secret in secrets)
                {
                    mask.Add(secret);
                }

                var masked = Written(mask, around + string.Concat(secrets) + around, [.. cuts]);
                foreach (var secret in secrets)
                {
                    masked.ShouldNotContain(secret, Case.Sensitive);
                }

                mask.Mask("0123456789ABCDEFGHIJ").ShouldBe("0123456789ABCDEFGHIJ");
            }
        );

    private static string Written(SecretMask mask, string text, IReadOnlyList<int> cuts)
    {
        using var inner = new StringWriter();
        using (var writer = new MaskingWriter(inner, mask))
        {
            var at = 0;
            foreach (var cut in cuts)
            {
                var end = Math.Min(text.Length, at + cut);
                writer.Write(text[at..end]);
                at = end;
            }

            writer.Write(text[at..]);
        }

        return inner.ToString();
    }
}
