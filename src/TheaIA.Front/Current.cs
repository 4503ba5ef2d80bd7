namespace TheaIA.Front;

/// <summary>What the front serves: the one truth about what runs behind its port.</summary>
/// <param name="Port">The private port on 127.0.0.1 where it listens: 1 to 65535.</param>
/// <param name="Digest">The digest of the image it runs: <c>sha256:</c> and 64 hexadecimal digits.</param>
/// <param name="Generation">Grows by one with every switch, so that old and new are told apart.</param>
public sealed record Current(int Port, string Digest, long Generation);
