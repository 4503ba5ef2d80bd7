using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

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
}
