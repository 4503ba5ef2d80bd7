namespace TheaIA.Front;

// named, so that programs that take FrontFile from here get no global Program
internal static class Program
{
    private static Task<int> Main(string[] args) =>
        FrontServer.RunAsync(args, Console.Error, CancellationToken.None);
}
