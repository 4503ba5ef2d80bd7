namespace TheaIA.Pipeline;

/// <summary>A character of secrets; the same object wherever it stands in one of them.</summary>
/// <param name="text">One UTF-16 code unit, or a surrogate pair.</param>
/// <param name="isEncoded">It belongs to base64.</param>
internal sealed class SecretCharacter(string text, bool isEncoded)
{
    private volatile CharacterForms? _forms;

    /// <summary>It belongs to base64.</summary>
    public bool IsEncoded => isEncoded;

    /// <summary>Its forms; made when a text first comes so far. Two threads may make the same.</summary>
    public CharacterForms Forms =>
        _forms ??= isEncoded ? CharacterForms.Encoded(text) : CharacterForms.All(text);
}
