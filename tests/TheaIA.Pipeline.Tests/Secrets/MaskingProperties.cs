using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline.Tests.Secrets;

public sealed class MaskingProperties
{
    /// <summary>Few characters, so that secrets overlap with themselves and with what is around them.</summary>
    private static readonly Gen<string> Character = Gen.OneOf(
            Gen.Elements("a", "b", " ", "\n", "'", "\"", "\\", "$", "/", "+", "%", "é", "<", "\t"),
            Gen.Elements("😀", "漢", "\u001b", "&", "u", "n", "x"),
            Gen.Choose(32, 126).Select(c => ((char)c).ToString())
        )
        .Where(c => c != "*");

    private static readonly Gen<string> Text = Character.ListOf().Select(string.Concat);

    private static readonly Gen<string[]> Secret = Character
        .ArrayOf()
        .Where(s => string.Concat(s).Trim().Length >= 4 && s[^1] != "\n");

    private static readonly Gen<List<int>> Numbers = Gen.Choose(0, 1000)
        .ListOf(40)
        .Select(n => n.ToList());

    [Property(MaxTest = 500)]
    public Property No_secret_comes_through_in_any_mixture_of_forms_however_the_text_is_split() =>
        Prop.ForAll(
            (
                from secret in Secret
                from choices in Numbers
                from before in Text
                from after in Text
                from cuts in Gen.Choose(1, 9).ListOf()
                select (secret, choices, before, after, cuts)
            ).ToArbitrary(),
            x =>
            {
                var secret = string.Concat(x.secret);
                var mask = new SecretMask();
                mask.Add(secret);
                var text = x.before + Escapes.Write(x.secret, x.choices) + x.after;

                var masked = Written(mask, text, x.cuts);

                masked.ShouldBe(Written(mask, text, []));
                masked.ShouldContain(SecretMask.Stars);
                var half = secret[..((secret.Length + 1) / 2)];
                var around = Escapes.Read($"{x.before}***{x.after}");
                foreach (var read in Escapes.Read(masked))
                {
                    read.ShouldNotContain(secret, Case.Sensitive);
                    // what is around the secret may hold its half by chance
                    (
                        read.Contains(half, StringComparison.Ordinal)
                        && !around.Any(a => a.Contains(half, StringComparison.Ordinal))
                    ).ShouldBeFalse();
                }
            }
        );

    [Property(MaxTest = 300)]
    public Property No_base64_comes_through_however_it_is_broken_into_lines_and_the_text_is_split() =>
        Prop.ForAll(
            (
                from secret in Secret
                where Encoding.UTF8.GetByteCount(string.Concat(secret)) >= 7
                from before in Gen.Choose(0, 80)
                from width in Gen.OneOf(Gen.Choose(1, 12), Gen.Elements(64, 76))
                from lineEnd in Gen.Elements("\n", "\r\n", "\n  ", "\r\n\t")
                from cuts in Gen.Choose(1, 9).ListOf()
                select (secret, before, width, lineEnd, cuts)
            ).ToArbitrary(),
            x =>
            {
                var secret = string.Concat(x.secret);
                var mask = new SecretMask();
                mask.Add(secret);
                var text = new string('~', x.before) + secret + "~~~~~";
                var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
                var lines = string.Join(
                    x.lineEnd,
                    encoded.Chunk(x.width).Select(line => new string(line))
                );

                var whole = Written(mask, $"<{lines}>", []);
                var split = Written(mask, $"<{lines}>", x.cuts);

                whole.ShouldMatch(@"^<[^*]*\*\*\*[^*]*>\z");
                var masked = string.Concat(whole.Split('<', '>', '\r', '\n', ' ', '\t'));
                var around = masked.Split("***");
                encoded.ShouldStartWith(around[0], Case.Sensitive);
                encoded.ShouldEndWith(around[1], Case.Sensitive);
                // half a character of the secret may be left at either end
                var hidden = encoded.Length - around[0].Length - around[1].Length;
                hidden.ShouldBeGreaterThan((Encoding.UTF8.GetByteCount(secret) * 8 / 6) - 2);
                // before the line break that a write ends with, up to 3 of it may be told
                var told = string.Concat(split.Split('<', '>', '\r', '\n', ' ', '\t'));
                told.ShouldContain(SecretMask.Stars);
                told.Replace(SecretMask.Stars, "", StringComparison.Ordinal)
                    .Length.ShouldBeLessThanOrEqualTo(around[0].Length + around[1].Length + 3);
            }
        );

    [Property(MaxTest = 100)]
    public Property No_item_of_a_secret_list_comes_through() =>
        Prop.ForAll(
            (
                from items in Secret
                    .Select(s => string.Concat(s).Trim())
                    .Where(s => !s.Contains(',', StringComparison.Ordinal))
                    .NonEmptyListOf()
                from cuts in Gen.Choose(1, 9).ListOf()
                select (items, cuts)
            ).ToArbitrary(),
            x =>
            {
                var given = new GivenValue(
                    [string.Join(" , ", x.items)],
                    "a test",
                    GivenValue.WorkingDirectory
                );
                var definition = ParameterScan
                    .Of(typeof(ListBuild))
                    .All.Single(d => d.Name == nameof(ListBuild.Keys));
                var mask = new SecretMask();
                foreach (var text in SecretReader.Texts(definition, given))
                {
                    mask.Add(text);
                }

                foreach (var item in x.items)
                {
                    Written(mask, $"→{item}→", x.cuts).ShouldBe("→***→");
                    var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(item));
                    Written(mask, $"→{encoded.Insert(4, "\r\n")}→", x.cuts).ShouldBe("→***→");
                }
            }
        );

    [Property(MaxTest = 200)]
    public Property Of_a_secret_that_is_cut_off_no_half_comes_through() =>
        Prop.ForAll(
            (
                from secret in Secret
                from choices in Numbers
                from length in Gen.Choose((secret.Length + 1) / 2, secret.Length)
                select (secret, choices, length: Math.Max(4, length))
            ).ToArbitrary(),
            x =>
            {
                var mask = new SecretMask();
                mask.Add(string.Concat(x.secret));

                Written(mask, "→" + Escapes.Write(x.secret.Take(x.length), x.choices), [])
                    .ShouldBe("→***");
            }
        );

    [Property(MaxTest = 60)]
    public Property Of_several_secrets_none_comes_through_and_the_rest_of_the_text_does() =>
        Prop.ForAll(
            Secret.Select(string.Concat).NonEmptyListOf().ToArbitrary(),
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

                Written(mask, "ABCDEFGHIJ, 0123456789\r\n", [.. cuts])
                    .ShouldBe("ABCDEFGHIJ, 0123456789\r\n");
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

    private sealed class ListBuild
    {
        [Parameter, Secret]
        public string[]? Keys { get; set; }
    }
}
