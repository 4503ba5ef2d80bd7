using System.Reflection;

namespace TheaIA.Pipeline;

/// <summary>Reads a target property of exactly one class or interface, overridden or not.</summary>
internal static class NonVirtual
{
    public static unsafe Target Call(MethodInfo getter, object build)
    {
        var pointer = (delegate* <object, Target>)getter.MethodHandle.GetFunctionPointer();
        return pointer(build);
    }
}
