using System.Text.Json;
using System.Text.Json.Serialization;

namespace TheaIA.Front;

/// <summary>
/// The file <c>current</c>: whoever deploys writes it, the front reads it at every request. Needs no
/// web framework, so that a program without one can switch the front.
/// </summary>
public static class FrontFile
{
    /// <summary>Reads what is served now.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What is served; null when there is no such file: nothing runs.</returns>
    /// <exception cref="InvalidDataException">The file is there and does not say it.</exception>
    public static Current? Read(string path)
    {
        byte[] text;
        try
        {
            text = File.ReadAllBytes(path);
        }
        catch (Exception missing)
            when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(text, FrontJson.Default.Current) switch
            {
                null or { Port: < 1 or > 65535 } => throw Broken(path, "it names no port", null),
                var current => current,
            };
        }
        catch (JsonException wrong)
        {
            throw Broken(path, "it is no such JSON", wrong);
        }
    }

    /// <summary>
    /// Switches the front, durably: written aside in the same folder, fsynced, renamed, the folder
    /// fsynced. A reader sees the old or the new one, never a part. One writer at a time: the lease
    /// sees to that.
    /// </summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="current">What to serve from now on.</param>
    /// <exception cref="IOException">The disk or the folder refuses; what was served still is.</exception>
    public static void Write(string path, Current current)
    {
        var aside = path + ".next";
        using (
            var stream = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None)
        )
        {
            JsonSerializer.Serialize(stream, current, FrontJson.Default.Current);
            stream.WriteByte((byte)'\n');
            stream.Flush(flushToDisk: true);
        }

        File.Move(aside, path, overwrite: true);
        DirectorySync.Sync(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    private static InvalidDataException Broken(string path, string why, Exception? inner) =>
        new($"{path} does not say what the front serves: {why}. Deploy writes it anew.", inner);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(Current))]
[JsonSerializable(typeof(GenerationReport))]
internal sealed partial class FrontJson : JsonSerializerContext;
