namespace TheaIA.Delivery.Oci.Format;

/// <summary>Digests as text: <c>sha256:</c> and 64 hexadecimal digits in lower case.</summary>
internal static class Digest
{
    public const string Prefix = "sha256:";

    public static string Of(byte[] hash) => Prefix + Convert.ToHexStringLower(hash);

    /// <summary>Checked before a digest becomes a file name: it may come from a command line.</summary>
    public static bool IsWhole(string text) =>
        text.Length == Prefix.Length + 64
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text[Prefix.Length..].All(char.IsAsciiHexDigitLower);

    /// <summary>As a person reads it: <c>sha256:4be1f0aa9c02</c>.</summary>
    public static string Short(string digest) => digest[..Math.Min(digest.Length, 19)];
}
