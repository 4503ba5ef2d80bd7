using System.Security.Cryptography;

namespace TheaIA.Delivery.Tests.Evidence;

/// <summary>A key pair as cosign has them, its public half in a file.</summary>
internal sealed class TestKey : IDisposable
{
    private readonly ECDsa _pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestKey(string folder, string name)
    {
        Name = name;
        PublicFile = Path.Combine(Directory.CreateDirectory(folder).FullName, name);
        File.WriteAllText(PublicFile, _pair.ExportSubjectPublicKeyInfoPem() + "\n");
    }

    public string Name { get; }

    public string PublicFile { get; }

    public TrustedKey Trusted => new(Name) { Key = PublicFile };

    public byte[] Sign(byte[] bytes) =>
        _pair.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose() => _pair.Dispose();
}
