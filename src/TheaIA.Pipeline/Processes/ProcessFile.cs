using System.Globalization;
using System.Text;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>What Linux keeps of a process under <c>/proc/ID</c>.</summary>
internal static class ProcessFile
{
    /// <summary>Empty: it has ended, or is another user's.</summary>
    public static byte[] Read(int id, string file)
    {
        try
        {
            return File.ReadAllBytes(
                string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/{file}")
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Its environment, as it was when it started, has this text.</summary>
    public static bool EnvironmentHas(int id, string text) =>
        Read(id, "environ").AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    /// <summary>It was left behind on purpose: <see cref="IRunner.Detached"/>.</summary>
    public static bool IsDetached(int id) => EnvironmentHas(id, IRunner.Detached + "=");
}
