using System.Runtime.InteropServices;
using TheaIA.Abstractions;

namespace TheaIA.Pipeline;

/// <summary>What this machine is, and its environment variables.</summary>
public static class EnvironmentInfo
{
    /// <summary>It is Windows.</summary>
    public static bool IsWin => OperatingSystem.IsWindows();

    /// <summary>It is macOS.</summary>
    public static bool IsOsx => OperatingSystem.IsMacOS();

    /// <summary>It is Linux.</summary>
    public static bool IsLinux => OperatingSystem.IsLinux();

    /// <summary>It is Linux or macOS.</summary>
    public static bool IsUnix => IsLinux || IsOsx;

    /// <summary>Its processor is a 64-bit ARM.</summary>
    public static bool IsArm64 => RuntimeInformation.OSArchitecture == Architecture.Arm64;

    /// <summary>An environment variable, by its exact name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Its value. Null: it is not set.</returns>
    public static string? GetVariable(string name) => Environment.GetEnvironmentVariable(name);

    /// <summary>An environment variable as a typed value, converted as a parameter is.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="name">The name.</param>
    /// <returns>Its value; the type's default when it is not set or empty.</returns>
    /// <exception cref="OutcomeException"><see cref="Outcome.Wrong"/>: the value does not convert.</exception>
    public static T? GetVariable<T>(string name) =>
        GetVariable(name) is { Length: > 0 } text
            ? (T?)ValueConverter.ConvertVariable(typeof(T), name, text)
            : default;
}
