using System.Net;
using System.Text.Json;

namespace TheaIA.Delivery.Oci.Registry.Http;

/// <summary>What a registry says about a refusal (distribution spec, error codes), short enough for a sentence.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The first error's code: <c>MANIFEST_INVALID</c>; empty when it names none.</param>
/// <param name="Text">Codes, messages and details in one line; empty when it says nothing.</param>
internal sealed record ErrorText(HttpStatusCode Status, string Code, string Text)
{
    private const int LongestText = 200;
    private const int LongestBody = 64 * 1024;

    /// <summary>Its disk is full: trying again helps nobody.</summary>
    public bool IsFull =>
        Status == HttpStatusCode.InsufficientStorage
        || Status == HttpStatusCode.InternalServerError
            && (
                Text.Contains("no space left", StringComparison.OrdinalIgnoreCase)
                || Text.Contains("ENOSPC", StringComparison.Ordinal)
                // docker-registry shows the system's own error number
                || Text.Contains("\"Err\":28}", StringComparison.Ordinal)
            );

    /// <summary>A login that was good once (Amazon's registry says it with 403).</summary>
    public bool IsExpiredLogin =>
        Status == HttpStatusCode.Forbidden
        && Text.Contains("expired", StringComparison.OrdinalIgnoreCase);

    /// <summary>As it stands in a sentence: <c>400 MANIFEST_INVALID: manifest invalid</c>.</summary>
    public override string ToString() =>
        $"{(int)Status} {(Text.Length <= LongestText ? Text : Text[..(LongestText - 3)] + "...")}".TrimEnd();

    /// <summary>Reads the body of a refusal; one that breaks off or stands still is as good as none.</summary>
    public static async Task<ErrorText> ReadAsync(
        HttpResponseMessage response,
        TimeSpan patience,
        CancellationToken cancel
    )
    {
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        quiet.CancelAfter(patience);
        var body = new byte[LongestBody];
        var read = 0;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(quiet.Token);
            read = await stream.ReadAtLeastAsync(
                body,
                body.Length,
                throwOnEndOfStream: false,
                quiet.Token
            );
        }
        catch (Exception broken)
            when (broken is HttpRequestException or IOException
                || broken is OperationCanceledException && !cancel.IsCancellationRequested
            )
        {
            read = 0; // the status is known, and that is what counts
        }
        var (code, text) = Parse(body.AsMemory(0, read));
        if (text.Length == 0)
        {
            text = response.ReasonPhrase ?? "";
        }
        return new ErrorText(response.StatusCode, code, OneLine(text));
    }

    private static (string Code, string Text) Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (
                document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("errors", out var errors)
                || errors.ValueKind != JsonValueKind.Array
            )
            {
                return ("", Plain(body));
            }
            var all = errors
                .EnumerateArray()
                .Where(e => e.ValueKind == JsonValueKind.Object)
                .ToList();
            return all.Count == 0
                ? ("", Plain(body))
                : (String(all[0], "code"), string.Join("; ", all.Select(One)));
        }
        catch (JsonException)
        {
            return ("", Plain(body));
        }
    }

    private static string One(JsonElement error)
    {
        var said = string.Join(
            ": ",
            ((string[])[String(error, "code"), String(error, "message")]).Where(s => s.Length > 0)
        );
        return
            error.TryGetProperty("detail", out var detail)
            && detail.ValueKind
                is JsonValueKind.String
                    or JsonValueKind.Object
                    or JsonValueKind.Array
            && detail.GetRawText() is not ("{}" or "[]" or "\"\"") and var raw
            ? $"{said} {raw}"
            : said;
    }

    private static string String(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";

    // a page for a browser says nothing in a terminal
    private static string Plain(ReadOnlyMemory<byte> body)
    {
        var text = System.Text.Encoding.UTF8.GetString(body.Span).Trim();
        return text.StartsWith('<') ? "" : text;
    }

    private static string OneLine(string text) =>
        string.Join(
            ' ',
            string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );
}
