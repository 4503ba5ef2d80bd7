namespace TheaIA.Pipeline;

/// <summary>A parameter's type that takes several values.</summary>
/// <param name="Item">The type of one value.</param>
/// <param name="IsDictionary">Each value has a name: <c>KEY=VALUE</c>.</param>
/// <param name="Collection">What is made: an array, a List, a HashSet or a Dictionary.</param>
internal sealed record CollectionType(Type Item, bool IsDictionary, Type Collection)
{
    /// <summary>Null: the type takes one value.</summary>
    public static CollectionType? Of(Type type)
    {
        if (type.IsSZArray)
        {
            return new(type.GetElementType()!, IsDictionary: false, type);
        }

        if (!type.IsGenericType)
        {
            return null;
        }

        var arguments = type.GetGenericArguments();
        if (arguments.Length == 2 && arguments[0] == typeof(string))
        {
            var dictionary = typeof(Dictionary<,>).MakeGenericType(arguments);
            return type.IsAssignableFrom(dictionary)
                ? new(arguments[1], IsDictionary: true, dictionary)
                : null;
        }

        if (arguments.Length != 1 || arguments[0].IsByRefLike)
        {
            return null;
        }

        Type[] made =
        [
            typeof(List<>).MakeGenericType(arguments),
            typeof(HashSet<>).MakeGenericType(arguments),
        ];
        return Array.Find(made, type.IsAssignableFrom) is { } collection
            ? new(arguments[0], IsDictionary: false, collection)
            : null;
    }
}
